# Incidents: what the core says.

area-incident = Incident

incident-kind-toxic-output = Toxic output
incident-kind-pii-leak = Personal data leaked
incident-kind-cross-tenant-leak = Cross-tenant leak
incident-kind-runaway-loop = Runaway agent loop
incident-kind-vendor-outage = Vendor outage
incident-kind-cost-spike = Cost spike
incident-kind-quality-regression = Quality regression
incident-kind-prompt-injection = Prompt injection
incident-kind-other = Other

incident-impact-others-data = Data of one customer reached another
incident-impact-harm = Harmful output, or personal data out of place
incident-impact-outage = A feature could not be used
incident-impact-degraded = More errors, slower or dearer than it may be
incident-impact-minor = Answers somewhat worse
incident-scope-widespread = Most users or a whole feature
incident-scope-several = Several customers
incident-scope-single = One customer or session
incident-severity-reason = { $impact } · { $scope }: { $severity } is suggested.

severity-sev1 = SEV1
severity-sev2 = SEV2
severity-sev3 = SEV3
severity-sev4 = SEV4

incident-status-open = open
incident-status-acknowledged = acknowledged
incident-status-mitigated = mitigated
incident-status-resolved = resolved

incident-span-ttd = Time to detect
incident-span-tta = Time to acknowledge
incident-span-ttm = Time to mitigate
incident-span-ttr = Time to resolve

incident-factor-model = Model
incident-factor-prompt = Prompt
incident-factor-data = Data or retrieval
incident-factor-tools = Tools
incident-factor-guardrail = Guardrail
incident-factor-process = Process
incident-factor-vendor = Vendor

clock-kept = told in time
clock-late = told late
clock-left = { $time } left
clock-passed = { $time } over

attention-incident-open = { $severity }, { $status } for { $time } since it was detected.
attention-incident-clock = { $clock } runs: { $due }.
attention-incident-acknowledged = Acknowledge
attention-incident-mitigated = Mitigate
attention-incident-resolved = Resolve
attention-incident-tell = Report it
since-incidents = { $count ->
    [one] one new
   *[other] { $count } new
}

change-severity = Severity
change-severityReason = Why this severity
change-impact = Impact
change-scope = Scope
change-began = Began
change-detected = Detected
change-acknowledged = Acknowledged
change-mitigated = Mitigated
change-resolved = Resolved
change-commander = Commander
change-scribe = Scribe
change-comms = Communications
change-features = Features
change-tenants = Tenants
change-models = Models
change-factors = Contributing factors
change-clocks = Regulatory clocks
change-source = Source
change-summary = Summary

field-severity-reason = Another severity than suggested: say why.
field-before-began = This is before it began.
field-before-detected = This is before it was detected.
field-before-acknowledged = This is before it was acknowledged.
field-before-mitigated = This is before it was mitigated.
field-clock = A clock has a name and at least one hour.

instant-twice = Clocks showed this time twice that night; the first is taken. With an offset, such as +01:00, it is one of the two.
instant-skipped = Clocks went forward over this time: it never was.
instant-not-a-time = This is not a time: 2026-09-14 14:05, or 14:05 today.

taken-failed = Failed requests
taken-sessions = Sessions
taken-requests = Requests
taken-tokens = Tokens
taken-beyond = { $excess } beyond the usual { $usual } [{ $low }, { $high }], from { $weeks } weeks
taken-beyond-few = { $excess } beyond the usual { $usual }, from { $weeks ->
    [one] 1 week
   *[other] { $weeks } weeks
  }: too few for an interval
taken-nothing-before = nothing is known of these hours in the weeks before
taken-spend = Spend
figure-requests = Requests and failures by the hour
figure-spend = Spend by the hour
field-in-future = This is still to come.
