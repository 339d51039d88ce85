-- Records computed by a function and library calls, written out so that nothing is fetched. Dhall
-- has no remainder, so ports and zones come from comparisons that it has. COUNT is put in.
let Record =
      { name : Text
      , port : Natural
      , replicas : Natural
      , enabled : Bool
      , labels : { app : Text, zone : Text }
      }

let record
    : Natural -> Record
    = \(i : Natural) ->
        { name = "service-" ++ Natural/show i
        , port = 8000 + i
        , replicas = 1 + i
        , enabled = Natural/even i
        , labels = { app = "shop", zone = "zone-" ++ Natural/show i }
        }

let enumerate
    : Natural -> List Record
    = \(n : Natural) ->
        List/build
          Record
          ( \(list : Type) ->
            \(cons : Record -> list -> list) ->
            \(nil : list) ->
              ( Natural/fold
                  n
                  { next : Natural, items : list -> list }
                  ( \(state : { next : Natural, items : list -> list }) ->
                      { next = state.next + 1
                      , items = \(rest : list) -> state.items (cons (record state.next) rest)
                      }
                  )
                  { next = 0, items = \(rest : list) -> rest }
              ).items
                nil
          )

in  { records = enumerate COUNT }
