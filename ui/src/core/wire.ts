/** The wire contract, transcribed by hand until the generated bindings replace it. Import through `types.ts`. */

export type Money = {
  amount: string;
  currency: string;
};   // decimal string with up to 9 places: Intl.NumberFormat takes it exactly
export type Instant = string;  // RFC 3339 UTC
export type Day = string;      // YYYY-MM-DD
export type Id = string;       // UUID
export type Tag = "workspace" | "vendors" | "contracts" | "prices" | "usage" | "reports" | "activity" | "settings";
export type WireError = {
  code: string;
  params: Record<string, string>;
  fields: { field: string; code: string; params: Record<string,string> }[];
  retryable: boolean;
  logId: string;
};
export type JobEvent = {
  job: Id;
  phase: string /* Fluent `phase-<phase>` */;
  done: number;
  total: number | null;
  unit: "bytes"|"rows"|"steps";
  ratePerSecond: number | null;
  secondsLeft: number | null;
};

// workspace
export type WorkspaceStatus = {
  state: "none"|"open"|"damaged"|"newer";
  path: string|null;
  name: string;
  sample: boolean;
  revision: number;
  settings: Settings|null;
  appVersion: string;
  detail: string|null;
  backups: Backup[] /* offered when damaged */;
};
export type WorkspaceDraft = {
  path: string;
  name: string;
  currency: string;
  timeZone: string;
  fiscalStartMonth: number;
};
export type Settings = { name: string; currency: string; timeZone: string /* IANA */; fiscalStartMonth: number };
export type RecentWorkspace = { path: string; name: string; openedAt: Instant; exists: boolean };
export type Backup = {
  path: string;
  takenAt: Instant;
  bytes: number;
  reason: "migration"|"import"|"manual"|"daily"|"restore";
};
export type UndoResult = { undone: ActivityEntry | null };
export type ActivityEntry = {
  id: Id;
  at: Instant;
  area: string /* Fluent `area-<area>` */;
  action: string /* Fluent `action-<action>` */;
  subject: string;
  undone: boolean;
  changes: { field: string; before: string|null; after: string|null }[];
};

// home
export type HomeView = {
  today: Day;
  attention: AttentionItem[];
  quarter: { label: string; tiles: Tile[] } | null;
  spendChart: ChartSpec|null;
  empty: boolean;
};
export type AttentionItem = {
  kind: "notice-deadline"|"contract-end"|"unpriced-usage"|"missing-rate"|"no-usage";
  tone: Tone;
  title: string;
  detail: string;
  date: Day|null;
  daysLeft: number|null;
  link: Link;
};
export type Link = { area: "contract"|"vendor"|"prices"|"imports"|"economics"|"settings"; id: string|null };
export type Tile = {
  key: string /* Fluent `tile-<key>`: spend, sessions, cost-per-session, cost-per-successful-session, tokens, cache-hit-share */;
  value: Figure1;
  change: Change|null;
  explain: ExplainKey;
};
export type Figure1 = {
  kind: "money";
  money: Money;
} | { kind: "count"; count: string } | { kind: "share"; share: number } | { kind: "unknown"; reason: string /* Fluent `unknown-<reason>` */ };
export type Change = {
  ratio: number | null;
  points: number | null;
  direction: "up"|"down"|"flat";
  tone: Tone;
  against: string /* label of the previous period */;
};
export type ExplainKey = { figure: string; row: string[] | null };

// vendors and contracts
export type VendorStatus = "candidate"|"approved"|"incumbent"|"exiting";
export type RiskTier = "low"|"medium"|"high";
export type Vendor = {
  id: Id;
  name: string;
  status: VendorStatus;
  owner: string;
  riskTier: RiskTier|null;
  website: string;
  notes: string;
  contacts: Contact[];
  providerKeys: string[] /* names under which usage files call this vendor */;
};
export type Contact = { name: string; role: string; email: string };
export type VendorDraft = Omit<Vendor, "id"> & { id: Id|null };
export type VendorRow = {
  vendor: Vendor;
  contracts: number;
  nextDeadline: Deadline|null;
  spendThisQuarter: Money|null;
  models: number;
};
export type VendorView = {
  vendor: Vendor;
  contracts: ContractRow[];
  spendThisQuarter: Money|null;
  models: { name: string; requests: string; spend: Money|null }[];
};
export type ContractsView = { rows: ContractRow[]; timeline: ChartSpec|null };
export type ContractRow = {
  contract: Contract;
  vendorName: string;
  term: Term|null;
  deadline: Deadline|null;
  state: "future"|"active"|"ended";
};
export type Term = { from: Day; to: Day /* inclusive last day */; renewals: number };
export type Deadline = { date: Day; daysLeft: number; earliest: Day|null; kind: "notice"|"end"; overdue: boolean };
export type Contract = {
  id: Id;
  vendorId: Id;
  title: string;
  kind: "msa"|"order-form";
  owner: string;
  parties: string;
  start: Day;
  initialTermMonths: number|null /* null: rolling until ended */;
  end: Day|null /* fixed end overrides terms */;
  autoRenew: boolean;
  renewalTermMonths: number|null;
  noticeMinDays: number|null;
  noticeMaxDays: number|null;
  noticeGiven: Day|null;
  currency: string;
  commitment: Money|null;
  commitmentPeriod: "term"|"year"|"quarter"|"month"|null;
  notes: string;
};
export type ContractDraft = Omit<Contract,"id"> & { id: Id|null };
export type ContractView = {
  row: ContractRow;
  prices: PriceRow[];
  attachments: Attachment[];
  upcoming: { date: Day; what: "notice-opens"|"notice"|"renewal"|"end" }[];
  explanation: string /* how the deadline was computed, a sentence */;
};
export type Attachment = { id: Id; name: string; bytes: number; sha256: string; addedAt: Instant };

// prices
export type Rates = {
  input: string|null;
  cacheRead: string|null;
  cacheWrite5m: string|null;
  cacheWrite1h: string|null;
  output: string|null;
};  // decimal currency units per 1 M tokens; null: not offered
export type PriceRow = {
  id: Id;
  provider: string;
  model: string;
  channel: string;
  region: string;
  tier: string /* standard, batch, … */;
  from: Instant|null;
  to: Instant|null;
  currency: string;
  rates: Rates;
  contextTiers: { aboveTokens: number; rates: Rates }[];
  layer: "contract"|"override"|"list";
  contractId: Id|null;
  source: string;
  basis: string;
};
export type PriceList = {
  rows: PriceRow[] /* in force today, best match first */;
  total: number;
  models: number;
  snapshotDate: Day|null;
};
export type PriceHistory = {
  provider: string;
  model: string;
  tier: string;
  tiers: string[];
  rows: PriceRow[];
  chart: ChartSpec;
};
export type PriceDraft = {
  provider: string;
  model: string;
  tier: string;
  from: Instant;
  currency: string;
  rates: Rates;
  contractId: Id|null;
  source: string;
};
export type PriceSource = { name: string; rows: number; date: Day|null; licence: string; notice: string };
export type PriceImportSummary = { added: number; closed: number; unchanged: number; refused: RowIssue[] };

// usage import
export type UsageFormat = "generic-csv"|"generic-jsonl"|"litellm-spend-logs"|"openai-usage"|"anthropic-cost-csv"|"anthropic-usage-csv";
export type FileInspection = {
  path: string;
  name: string;
  bytes: number;
  sha256: string|null;
  format: UsageFormat;
  formatGuessed: UsageFormat[];
  encoding: string;
  delimiter: string|null;
  decimalComma: boolean;
  columns: SourceColumn[];
  sample: string[][];
  mapping: FieldMapping;
  remembered: boolean;
  rowsEstimate: number|null;
  alreadyImported: Instant|null;
  knownProviders: string[];
};
export type SourceColumn = { name: string; samples: string[] };
export type Field = "timestamp"|"end-time"|"vendor"|"model"|"feature"|"tenant"|"environment"|"session"|"request-id"|"success"|"session-success"|"input-tokens"|"uncached-input-tokens"|"cache-read-tokens"|"cache-write-5m-tokens"|"cache-write-1h-tokens"|"output-tokens"|"reasoning-tokens"|"requests"|"latency-ms"|"cost"|"service-tier";
export type FieldMapping = {
  columns: { field: Field; column: string }[];
  constants: { field: Field; value: string }[] /* e.g. vendor=azure for a file with no such column */;
  timeZone: string|null /* for timestamps without one; null = refuse */;
  inputIncludesCache: boolean;
  costCurrency: string|null;
  dayFirst: boolean;
};
export type ImportRequest = {
  path: string;
  format: UsageFormat;
  mapping: FieldMapping;
  source: string /* name for this feed, e.g. "prod gateway" */;
};
export type ImportPlan = {
  id: Id;
  file: FileInspection;
  format: UsageFormat;
  source: string;
  rows: { read: number; good: number; bad: number; skipped: number; duplicate: number };
  period: { from: Instant; to: Instant } | null;
  cells: { new: number; same: number; conflict: number };
  totals: { requests: string; sessions: string; tokens: TokenTotals; computed: Money[]; reported: Money[] };
  issues: RowIssue[] /* first 500 */;
  issuesTotal: number;
  unpriced: { vendor: string; model: string; requests: string; tokens: string }[];
  notes: string[] /* what the importer normalised, sentences */;
  revision: number;
};
export type TokenTotals = {
  input: string;
  cacheRead: string;
  cacheWrite5m: string;
  cacheWrite1h: string;
  output: string;
  reasoning: string;
};
export type RowIssue = {
  row: number|null;
  column: string|null;
  code: string /* Fluent `issue-<code>` */;
  params: Record<string,string>;
  value: string|null;
};
export type ImportSummary = { importId: Id; rows: number; cells: number; skipped: number; unchanged: boolean };
export type ImportRow = {
  id: Id;
  name: string;
  format: UsageFormat;
  source: string;
  importedAt: Instant;
  bytes: number;
  rows: number;
  bad: number;
  period: {from: Instant; to: Instant}|null;
  sample: boolean;
  computed: Money[];
};

// unit economics
export type Dimension = "vendor"|"model"|"feature"|"tenant"|"environment";
export type EconomicsQuery = {
  period: string /* 2026-Q3, 2026-07, 2026, 2026-07-01..2026-07-31 */;
  by: Dimension[] /* 1 or 2 */;
  filters: { dimension: Dimension; values: string[] }[];
  limit: number;
};
export type EconomicsView = {
  period: { key: string; label: string; from: Instant; to: Instant; days: number; partial: boolean };
  previous: { key: string; label: string } | null;
  timeZone: string;
  dataTo: Instant|null;
  imports: number;
  tiles: Tile[];
  chart: ChartSpec|null;
  waterfall: ChartSpec|null;
  dimensionLabels: string[];
  rows: EconomicsRow[];
  other: EconomicsRow|null;
  rowsTotal: number;
  total: EconomicsRow|null;
  unpriced: { vendor: string; model: string; requests: string; tokens: string }[];
  tokensChart: ChartSpec|null;
  currency: string;
};
export type EconomicsRow = {
  keys: string[] /* display values; "" means not given */;
  requests: string;
  sessions: string;
  successfulSessions: string;
  tokens: TokenTotals;
  tokensTotal: string;
  spend: Money|null;
  costPerSession: Money|null;
  costPerSuccessfulSession: Money|null;
  costPerRequest: Money|null;
  costPer1kTokens: Money|null;
  tokensPerSession: string|null;
  cacheHitShare: number|null;
  outputInputRatio: number|null;
  change: Change|null;
  share: number|null;
  trend: (number|null)[] /* geometry for a sparkline, one per week */;
  unpricedTokens: string;
};
export type PeriodOption = { key: string; label: string; kind: "quarter"|"month"|"year" };
export type ExplainQuery = {
  query: EconomicsQuery;
  figure: string /* spend, cost-per-session, … */;
  row: string[] | null;
};
export type Explanation = {
  title: string;
  value: string;
  formula: string;
  inputs: { label: string; value: string }[];
  prices: { provider: string; model: string; tier: string; rates: string; from: Instant|null; layer: string; source: string; tokens: string; cost: string }[];
  files: { name: string; importedAt: Instant; rows: number; from: Instant; to: Instant }[];
  caveats: string[];
};

// reports
export type Paper = "deck"|"a4"|"letter";
export type ReportPreview = { pdfBase64: string; pages: { id: string; title: string }[]; warnings: string[] };

// everywhere
export type SearchHit = { link: Link; title: string; detail: string; area: string };
// charts and tables
export type Tone = "plain" | "muted" | "strong" | "good" | "warn" | "bad";
export type ColourToken =
  | "series1" | "series2" | "series3" | "series4" | "series5" | "series6" | "series7"
  | "rest" | "accent" | "ink" | "muted" | "good" | "warn" | "bad";
export type Tick = { at: number; label: string };
export type Axis = { label: string; min: number; max: number; ticks: Tick[] };
export type Series = { name: string; colour: ColourToken; values: (number | null)[]; labels: string[] };
export type Band = { name: string; colour: ColourToken; lower: (number | null)[]; upper: (number | null)[] };
export type Bar = { name: string; value: number | null; label: string; colour: ColourToken; low: number | null; high: number | null };
export type Span = { from: number; to: number; label: string; colour: ColourToken };
export type LaneMark = { at: number; label: string; colour: ColourToken };
export type Lane = { name: string; spans: Span[]; marks: LaneMark[] };
export type WaterfallStep = { name: string; total: boolean; from: number; to: number; label: string; colour: ColourToken };
export type Marks =
  | { kind: "stacked-area"; x: number[]; xLabels: string[]; series: Series[] }
  | { kind: "line"; x: number[]; xLabels: string[]; series: Series[]; bands: Band[]; step: boolean }
  | { kind: "bar"; bars: Bar[]; horizontal: boolean }
  | { kind: "stacked-bar"; categories: string[]; series: Series[]; horizontal: boolean }
  | { kind: "timeline"; lanes: Lane[] }
  | { kind: "waterfall"; steps: WaterfallStep[] };
export type Annotation = { kind: "target"; at: number; label: string } | { kind: "event"; at: number; label: string };
export type Align = "left" | "right";
export type TableColumn = { title: string; align: Align; weight: number };
export type Cell = { text: string; tone: Tone };
export type TableSpec = { columns: TableColumn[]; rows: Cell[][]; total: Cell[] | null };
export type ChartSpec = {
  title: string;
  subtitle: string;
  summary: string;
  x: Axis;
  y: Axis;
  marks: Marks;
  annotations: Annotation[];
  table: TableSpec;
};
