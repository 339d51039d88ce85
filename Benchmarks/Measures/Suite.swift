/// Every benchmark: memory first, then in the order of the way from a sheet to the cloud.
enum Suite {
  static var all: [Benchmark] {
    [PlanMeasures.memory] + LanguageMeasures.all + PlanMeasures.all + ProofMeasures.all
      + SimulationMeasures.all
      + ModelMeasures.all
      + SigningMeasures.all
      + WireMeasures.all
  }
}
