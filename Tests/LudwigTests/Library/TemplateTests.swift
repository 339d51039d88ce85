import CloudModel
import Diagnostics
import Ludwig
import Testing

/// Mustache, after its manual, mustache(5).
@Suite struct TemplateTests {
  private static let cases: [(template: String, data: String, text: String)] = [
    ("{{a.b.c}}", "{a: {b: {c: 7}}}", "7"),
    ("{{#a}}{{b}}{{/a}}", "{a: {b: 1}, b: 2}", "1"),
    ("{{#a}}{{c}}{{/a}}", "{a: {b: 1}, c: 2}", "2"),
    ("{{#xs}}{{n}},{{/xs}}", "{xs: [{n: 1}, {n: 2}]}", "1,2,"),
    ("{{#xs}}({{#ys}}{{.}}{{/ys}}){{/xs}}", "{xs: [{ys: [1, 2]}, {ys: []}]}", "(12)()"),
    ("{{^xs}}none{{/xs}}{{#xs}}some{{/xs}}", "{xs: List.take(0, [1])}", "none"),
    ("{{#on}}yes{{/on}}{{^on}}no{{/on}}", "{on: False}", "no"),
    ("{{#on}}yes{{/on}}", "{on: True}", "yes"),
    ("a{{! nobody sees this }}b", "{x: 1}", "ab"),
    ("{{x}} {{{x}}} {{&x}}", "{x: \"<\"}", "< < <"),
    ("{{=<% %>=}}<%x%> {{x}}", "{x: 1}", "1 {{x}}"),
    ("{{k}}-{{j}}", "{\"k\": \"v\", \"j\": \"w\"}", "v-w"),
    ("{{o}}{{#o}}!{{/o}}", "{o: Optional 3}", "3!"),
    ("{{f}} {{t}}", "{f: 1.5, t: True}", "1.5 True"),
    ("a\\n{{#xs}}\\n- {{.}}\\n{{/xs}}\\nb", "{xs: [1, 2]}", "a\n- 1\n- 2\nb"),
    ("{{ x }}", "{x: \"blanks\"}", "blanks"),
    ("no tags {at} all}}", "{x: 1}", "no tags {at} all}}"),
  ]

  @Test(arguments: cases)
  func `a template is filled`(template: String, data: String, text: String) throws {
    let outcome = Workshop.it(
      "it: Template.render { template: \"\(template)\", data: \(data) }\n")
    let value = outcome.value
    #expect(value == .string(text), "\(Workshop.report(outcome.diagnostics, outcome.sources))")
  }

  @Test func `with entities only the three characters of markup change, and quotes`() {
    let outcome = Workshop.it(
      """
      it: Template.render {
        template: "{{x}} {{{x}}}", data: {x: "<a & 'b'>"}, escapeHtml: True }
      """)
    #expect(outcome.value == .string("&lt;a &amp; &#39;b&#39;&gt; <a & 'b'>"))
  }

  @Test(arguments: [
    ("{{#a}}", "This template cannot be read: The section 'a' has no end"),
    ("{{/a}}", "This template cannot be read: The section 'a' ends here and has not begun"),
    ("{{a", "This template cannot be read: This tag has no end"),
    ("{{> other}}", "This template cannot be read: Templates within templates are not known here"),
    ("{{b.c}}", "The template's variable 'b.c' is not in its data"),
    ("{{#b}}{{/b}}", "The template's section 'b' is not in its data"),
    ("{{xs}}", "The template's variable 'xs' is a list, which has no text"),
  ])
  func `what cannot be filled is told`(template: String, headline: String) {
    let outcome = Workshop.it(
      "it: Template.render { template: \"\(template)\", data: {a: 1, xs: [1]} }\n")
    #expect(outcome.diagnostics.map(\.code.text) == ["FG0330"])
    #expect(outcome.diagnostics.first?.headline == headline)
  }

  @Test func `what is known only later is carried along`() throws {
    let compilation = Workshop.compile(
      """
      composition
      import Fugue.AWS as AWS
      import Fugue.AWS.EC2 as EC2
      vpc: EC2.Vpc.new { cidrBlock: "10.0.0.0/16", region: AWS.Us-east-1 }
      group: EC2.SecurityGroup.new {
        vpc: vpc,
        description: Template.render { template: "in {{id}}!", data: {id: vpc.(EC2.Vpc).vpcId} },
      }
      """)
    // A length cannot be taken of what is not known, and that is the only thing wrong here.
    #expect(Workshop.codes(compilation) == ["FG0305"])
    let data = Workshop.it(
      """
      import Fugue.AWS as AWS
      import Fugue.AWS.EC2 as EC2
      vpc: EC2.Vpc.new { cidrBlock: "10.0.0.0/16", region: AWS.Us-east-1 }
      it: Template.render { template: "in {{id}}!", data: {id: vpc.(EC2.Vpc).vpcId} }
      """)
    let output = Value.residual(.output(ResourceAddress("vpc"), name: "vpcId"))
    #expect(data.value == .residual(.concat([.string("in "), output, .string("!")])))
  }
}
