// Generated from the command list of the core. Do not edit.

import type { ActionDraft } from "./ActionDraft";
import type { ActionRef } from "./ActionRef";
import type { ActionView } from "./ActionView";
import type { ActivityEntry } from "./ActivityEntry";
import type { ActivityQuery } from "./ActivityQuery";
import type { AdjudicateRequest } from "./AdjudicateRequest";
import type { AliasEffect } from "./AliasEffect";
import type { AliasRef } from "./AliasRef";
import type { AnswerChange } from "./AnswerChange";
import type { AnswerDifference } from "./AnswerDifference";
import type { AnswersRef } from "./AnswersRef";
import type { Arrangement } from "./Arrangement";
import type { AttachRequest } from "./AttachRequest";
import type { Attachment } from "./Attachment";
import type { AttachmentContent } from "./AttachmentContent";
import type { AttachmentRef } from "./AttachmentRef";
import type { AttachmentSave } from "./AttachmentSave";
import type { Backup } from "./Backup";
import type { BakeoffCaseRef } from "./BakeoffCaseRef";
import type { BakeoffCaseView } from "./BakeoffCaseView";
import type { BakeoffCasesQuery } from "./BakeoffCasesQuery";
import type { BakeoffCasesView } from "./BakeoffCasesView";
import type { BakeoffDraft } from "./BakeoffDraft";
import type { BakeoffRef } from "./BakeoffRef";
import type { BakeoffRow } from "./BakeoffRow";
import type { BakeoffView } from "./BakeoffView";
import type { Batch } from "./Batch";
import type { BlameLine } from "./BlameLine";
import type { CalendarExport } from "./CalendarExport";
import type { CalendarQuery } from "./CalendarQuery";
import type { CalendarView } from "./CalendarView";
import type { CandidateDraft } from "./CandidateDraft";
import type { CandidateRef } from "./CandidateRef";
import type { CaseDraft } from "./CaseDraft";
import type { CaseRef } from "./CaseRef";
import type { CaseView } from "./CaseView";
import type { CasesQuery } from "./CasesQuery";
import type { CasesRemoval } from "./CasesRemoval";
import type { CasesView } from "./CasesView";
import type { ChartExport } from "./ChartExport";
import type { ChartSpec } from "./ChartSpec";
import type { ChatRequest } from "./ChatRequest";
import type { ChatView } from "./ChatView";
import type { CheckQuery } from "./CheckQuery";
import type { CheckView } from "./CheckView";
import type { ClausesDraft } from "./ClausesDraft";
import type { CloseRequest } from "./CloseRequest";
import type { ColumnTotal } from "./ColumnTotal";
import type { Comment } from "./Comment";
import type { CommentDraft } from "./CommentDraft";
import type { CommentRef } from "./CommentRef";
import type { CommitRequest } from "./CommitRequest";
import type { ComparisonView } from "./ComparisonView";
import type { Contract } from "./Contract";
import type { ContractDraft } from "./ContractDraft";
import type { ContractOwner } from "./ContractOwner";
import type { ContractRef } from "./ContractRef";
import type { ContractView } from "./ContractView";
import type { ContractsView } from "./ContractsView";
import type { DataTermsView } from "./DataTermsView";
import type { DayPriced } from "./DayPriced";
import type { DecisionDraft } from "./DecisionDraft";
import type { DecisionTrial } from "./DecisionTrial";
import type { DecisionView } from "./DecisionView";
import type { DemandQuery } from "./DemandQuery";
import type { DemandView } from "./DemandView";
import type { DiffQuery } from "./DiffQuery";
import type { DiffView } from "./DiffView";
import type { DimensionValues } from "./DimensionValues";
import type { DimensionValuesQuery } from "./DimensionValuesQuery";
import type { DisputeView } from "./DisputeView";
import type { DocumentRef } from "./DocumentRef";
import type { DocumentView } from "./DocumentView";
import type { EconomicsQuery } from "./EconomicsQuery";
import type { EconomicsView } from "./EconomicsView";
import type { EventDraft } from "./EventDraft";
import type { EventRef } from "./EventRef";
import type { EventsRequest } from "./EventsRequest";
import type { ExplainQuery } from "./ExplainQuery";
import type { Explanation } from "./Explanation";
import type { ExportRequest } from "./ExportRequest";
import type { Exported } from "./Exported";
import type { FeedPairDraft } from "./FeedPairDraft";
import type { FigureRequest } from "./FigureRequest";
import type { FileInspection } from "./FileInspection";
import type { FreezeRequest } from "./FreezeRequest";
import type { FxRateView } from "./FxRateView";
import type { HintView } from "./HintView";
import type { HintsRequest } from "./HintsRequest";
import type { HomeView } from "./HomeView";
import type { ImportCoverage } from "./ImportCoverage";
import type { ImportEffect } from "./ImportEffect";
import type { ImportPlan } from "./ImportPlan";
import type { ImportRef } from "./ImportRef";
import type { ImportRefs } from "./ImportRefs";
import type { ImportRequest } from "./ImportRequest";
import type { ImportRow } from "./ImportRow";
import type { ImportSummary } from "./ImportSummary";
import type { IncidentDeclare } from "./IncidentDeclare";
import type { IncidentDraft } from "./IncidentDraft";
import type { IncidentRef } from "./IncidentRef";
import type { IncidentRow } from "./IncidentRow";
import type { IncidentView } from "./IncidentView";
import type { InstantRead } from "./InstantRead";
import type { InstantText } from "./InstantText";
import type { IssuesExport } from "./IssuesExport";
import type { JobCancel } from "./JobCancel";
import type { JudgeRequest } from "./JudgeRequest";
import type { KeyDraft } from "./KeyDraft";
import type { KeyState } from "./KeyState";
import type { LinkDraft } from "./LinkDraft";
import type { MergeRequest } from "./MergeRequest";
import type { Merged } from "./Merged";
import type { ModelAlias } from "./ModelAlias";
import type { NamesRequest } from "./NamesRequest";
import type { NoticeAnswer } from "./NoticeAnswer";
import type { NoticeQuestion } from "./NoticeQuestion";
import type { OfferRef } from "./OfferRef";
import type { OfferedModels } from "./OfferedModels";
import type { PacketJudge } from "./PacketJudge";
import type { PacketRef } from "./PacketRef";
import type { PacketRequest } from "./PacketRequest";
import type { PassageDraft } from "./PassageDraft";
import type { PathInput } from "./PathInput";
import type { PeopleView } from "./PeopleView";
import type { PeriodOption } from "./PeriodOption";
import type { Person } from "./Person";
import type { PersonDraft } from "./PersonDraft";
import type { PersonRef } from "./PersonRef";
import type { PlanRef } from "./PlanRef";
import type { PostmortemExport } from "./PostmortemExport";
import type { PostmortemVersionRef } from "./PostmortemVersionRef";
import type { PostmortemVersionText } from "./PostmortemVersionText";
import type { PostmortemVersionView } from "./PostmortemVersionView";
import type { PostmortemView } from "./PostmortemView";
import type { PriceClose } from "./PriceClose";
import type { PriceDraft } from "./PriceDraft";
import type { PriceHistory } from "./PriceHistory";
import type { PriceImportSummary } from "./PriceImportSummary";
import type { PriceList } from "./PriceList";
import type { PriceQuery } from "./PriceQuery";
import type { PriceRow } from "./PriceRow";
import type { PriceSource } from "./PriceSource";
import type { PriceTerm } from "./PriceTerm";
import type { PutOffUntil } from "./PutOffUntil";
import type { RaterRef } from "./RaterRef";
import type { RecentWorkspace } from "./RecentWorkspace";
import type { ReconciliationQuery } from "./ReconciliationQuery";
import type { ReconciliationView } from "./ReconciliationView";
import type { RecordRef } from "./RecordRef";
import type { RecordView } from "./RecordView";
import type { RedoResult } from "./RedoResult";
import type { ReportExport } from "./ReportExport";
import type { ReportExported } from "./ReportExported";
import type { ReportPreview } from "./ReportPreview";
import type { ReportRequest } from "./ReportRequest";
import type { ResultImportRef } from "./ResultImportRef";
import type { ResultsExport } from "./ResultsExport";
import type { ResultsImported } from "./ResultsImported";
import type { ResultsPlan } from "./ResultsPlan";
import type { ResultsRequest } from "./ResultsRequest";
import type { RoundDraft } from "./RoundDraft";
import type { RoundRef } from "./RoundRef";
import type { RoundResultsView } from "./RoundResultsView";
import type { RoundRow } from "./RoundRow";
import type { SampleRequest } from "./SampleRequest";
import type { ScoreDraft } from "./ScoreDraft";
import type { ScorecardView } from "./ScorecardView";
import type { ScorecardsView } from "./ScorecardsView";
import type { ScorerDraft } from "./ScorerDraft";
import type { ScorerRef } from "./ScorerRef";
import type { ScorerRun } from "./ScorerRun";
import type { ScorerView } from "./ScorerView";
import type { SearchHit } from "./SearchHit";
import type { SearchQuery } from "./SearchQuery";
import type { Settings } from "./Settings";
import type { SeverityQuery } from "./SeverityQuery";
import type { SeverityView } from "./SeverityView";
import type { SignRequest } from "./SignRequest";
import type { SinceQuery } from "./SinceQuery";
import type { SinceView } from "./SinceView";
import type { SloDraft } from "./SloDraft";
import type { SloExport } from "./SloExport";
import type { SloFileMade } from "./SloFileMade";
import type { SloFilePlan } from "./SloFilePlan";
import type { SloFileRequest } from "./SloFileRequest";
import type { SloImportRef } from "./SloImportRef";
import type { SloMeasureRequest } from "./SloMeasureRequest";
import type { SloMeasured } from "./SloMeasured";
import type { SloProposal } from "./SloProposal";
import type { SloRef } from "./SloRef";
import type { SloRow } from "./SloRow";
import type { SloView } from "./SloView";
import type { SnoozeRef } from "./SnoozeRef";
import type { SnoozeRequest } from "./SnoozeRequest";
import type { StageReached } from "./StageReached";
import type { StateRequest } from "./StateRequest";
import type { SuiteDraft } from "./SuiteDraft";
import type { SuiteImport } from "./SuiteImport";
import type { SuiteImported } from "./SuiteImported";
import type { SuitePreview } from "./SuitePreview";
import type { SuiteRef } from "./SuiteRef";
import type { SuiteRow } from "./SuiteRow";
import type { SuiteView } from "./SuiteView";
import type { TableExport } from "./TableExport";
import type { TaskView } from "./TaskView";
import type { TextHead } from "./TextHead";
import type { TextView } from "./TextView";
import type { TextWrite } from "./TextWrite";
import type { TextWritten } from "./TextWritten";
import type { TotalsQuery } from "./TotalsQuery";
import type { TypedPath } from "./TypedPath";
import type { UndoRequest } from "./UndoRequest";
import type { UndoResult } from "./UndoResult";
import type { Vendor } from "./Vendor";
import type { VendorDraft } from "./VendorDraft";
import type { VendorOwner } from "./VendorOwner";
import type { VendorRef } from "./VendorRef";
import type { VendorRow } from "./VendorRow";
import type { VendorView } from "./VendorView";
import type { Verification } from "./Verification";
import type { VerifyView } from "./VerifyView";
import type { VersionView } from "./VersionView";
import type { WorkspaceDraft } from "./WorkspaceDraft";
import type { WorkspaceStatus } from "./WorkspaceStatus";

export interface Commands {
  home: { kind: "query"; input: null; output: HomeView };
  since: { kind: "query"; input: SinceQuery; output: SinceView };
  check: { kind: "query"; input: CheckQuery; output: CheckView };
  calendar: { kind: "query"; input: CalendarQuery; output: CalendarView };
  calendar_export: { kind: "mutate"; input: CalendarExport; output: Exported };
  search: { kind: "query"; input: SearchQuery; output: Array<SearchHit> };
  activity: { kind: "query"; input: ActivityQuery; output: Array<ActivityEntry> };
  undo: { kind: "mutate"; input: UndoRequest | null; output: UndoResult };
  redo: { kind: "mutate"; input: null; output: RedoResult };
  undo_together: { kind: "mutate"; input: Batch; output: UndoResult };
  table_export: { kind: "mutate"; input: TableExport; output: Exported };
  table_totals: { kind: "query"; input: TotalsQuery; output: Array<ColumnTotal | null> };
  workspace_export: { kind: "job"; input: ExportRequest; output: Exported };
  vendors: { kind: "query"; input: null; output: Array<VendorRow> };
  vendor: { kind: "query"; input: VendorRef; output: VendorView };
  vendor_save: { kind: "mutate"; input: VendorDraft; output: Vendor };
  vendors_owner: { kind: "mutate"; input: VendorOwner; output: Batch };
  vendor_delete: { kind: "mutate"; input: VendorRef; output: null };
  vendor_key: { kind: "query"; input: VendorRef; output: KeyState };
  vendor_key_save: { kind: "mutate"; input: KeyDraft; output: KeyState };
  vendor_key_forget: { kind: "mutate"; input: VendorRef; output: KeyState };
  vendor_models: { kind: "job"; input: VendorRef; output: OfferedModels };
  contracts: { kind: "query"; input: null; output: ContractsView };
  contract: { kind: "query"; input: ContractRef; output: ContractView };
  contract_notice: { kind: "query"; input: NoticeQuestion; output: NoticeAnswer };
  contract_save: { kind: "mutate"; input: ContractDraft; output: Contract };
  contracts_owner: { kind: "mutate"; input: ContractOwner; output: Batch };
  contract_delete: { kind: "mutate"; input: ContractRef; output: null };
  contract_clauses: { kind: "query"; input: ContractRef; output: ClausesDraft };
  data_terms: { kind: "query"; input: null; output: DataTermsView };
  contract_clauses_save: { kind: "mutate"; input: ClausesDraft; output: ClausesDraft };
  prices: { kind: "query"; input: PriceQuery; output: PriceList };
  price_history: { kind: "query"; input: OfferRef; output: PriceHistory };
  price_preview: { kind: "query"; input: PriceDraft; output: Array<DayPriced> };
  price_term: { kind: "query"; input: PriceTerm; output: string | null };
  price_add: { kind: "mutate"; input: PriceDraft; output: PriceRow };
  price_close: { kind: "mutate"; input: PriceClose; output: PriceRow };
  price_sources: { kind: "query"; input: null; output: Array<PriceSource> };
  price_import: { kind: "job"; input: PathInput; output: PriceImportSummary };
  bakeoffs: { kind: "query"; input: null; output: Array<BakeoffRow> };
  bakeoff: { kind: "query"; input: BakeoffRef; output: BakeoffView };
  bakeoff_comparison: { kind: "query"; input: BakeoffRef; output: ComparisonView };
  bakeoff_cases: { kind: "query"; input: BakeoffCasesQuery; output: BakeoffCasesView };
  bakeoff_case: { kind: "query"; input: BakeoffCaseRef; output: BakeoffCaseView };
  answer_difference: { kind: "query"; input: AnswersRef; output: AnswerDifference };
  bakeoff_save: { kind: "mutate"; input: BakeoffDraft; output: BakeoffRef };
  bakeoff_delete: { kind: "mutate"; input: BakeoffRef; output: null };
  candidate_save: { kind: "mutate"; input: CandidateDraft; output: CandidateRef };
  candidate_delete: { kind: "mutate"; input: CandidateRef; output: null };
  results_plan: { kind: "job"; input: ResultsRequest; output: ResultsPlan };
  results_commit: { kind: "job"; input: ResultsRequest; output: ResultsImported };
  results_revert: { kind: "mutate"; input: ResultImportRef; output: null };
  results_export: { kind: "job"; input: ResultsExport; output: Exported };
  scorers: { kind: "query"; input: BakeoffRef; output: Array<ScorerView> };
  scorer_save: { kind: "job"; input: ScorerDraft; output: ScorerRun };
  scorer_run: { kind: "job"; input: ScorerRef; output: ScorerRun };
  decision: { kind: "query"; input: DecisionTrial; output: DecisionView };
  decision_save: { kind: "mutate"; input: DecisionDraft; output: DecisionView };
  decision_sign: { kind: "mutate"; input: SignRequest; output: DecisionView };
  decision_discard: { kind: "mutate"; input: BakeoffRef; output: DecisionView };
  decision_verify: { kind: "query"; input: BakeoffRef; output: Array<VerifyView> };
  round_disputes: { kind: "query"; input: RoundRef; output: Array<DisputeView> };
  round_adjudicate: { kind: "mutate"; input: AdjudicateRequest; output: null };
  rounds: { kind: "query"; input: BakeoffRef; output: Array<RoundRow> };
  round_task: { kind: "query"; input: RaterRef; output: TaskView };
  round_results: { kind: "query"; input: RoundRef; output: RoundResultsView };
  round_open: { kind: "mutate"; input: RoundDraft; output: RoundRef };
  round_judge: { kind: "mutate"; input: JudgeRequest; output: TaskView };
  round_undo: { kind: "mutate"; input: RaterRef; output: TaskView };
  round_close: { kind: "mutate"; input: CloseRequest; output: null };
  round_cancel: { kind: "mutate"; input: RoundRef; output: null };
  round_packet: { kind: "mutate"; input: PacketRequest; output: Exported };
  round_merge: { kind: "mutate"; input: MergeRequest; output: Merged };
  packet_task: { kind: "query"; input: PacketRef; output: TaskView };
  packet_judge: { kind: "mutate"; input: PacketJudge; output: TaskView };
  packet_undo: { kind: "mutate"; input: PacketRef; output: TaskView };
  suites: { kind: "query"; input: null; output: Array<SuiteRow> };
  suite: { kind: "query"; input: SuiteRef; output: SuiteView };
  suite_cases: { kind: "query"; input: CasesQuery; output: CasesView };
  suite_case: { kind: "query"; input: CaseRef; output: CaseView };
  suite_diff: { kind: "query"; input: DiffQuery; output: DiffView };
  suite_preview: { kind: "job"; input: SuiteImport; output: SuitePreview };
  suite_import: { kind: "job"; input: SuiteImport; output: SuiteImported };
  suite_save: { kind: "mutate"; input: SuiteDraft; output: SuiteRef };
  suite_case_save: { kind: "mutate"; input: CaseDraft; output: CaseRef };
  suite_cases_remove: { kind: "mutate"; input: CasesRemoval; output: null };
  suite_freeze: { kind: "mutate"; input: FreezeRequest; output: VersionView };
  suite_delete: { kind: "mutate"; input: SuiteRef; output: null };
  scorecard: { kind: "query"; input: VendorRef; output: ScorecardView };
  scorecards: { kind: "query"; input: null; output: ScorecardsView };
  scorecard_set: { kind: "mutate"; input: ScoreDraft; output: null };
  import_inspect: { kind: "query"; input: PathInput; output: FileInspection };
  import_plan: { kind: "job"; input: ImportRequest; output: ImportPlan };
  import_plan_get: { kind: "query"; input: PlanRef; output: ImportPlan };
  import_plan_discard: { kind: "mutate"; input: PlanRef; output: null };
  import_effect: { kind: "query"; input: CommitRequest; output: ImportEffect };
  import_commit: { kind: "job"; input: CommitRequest; output: ImportSummary };
  import_issues_export: { kind: "query"; input: IssuesExport; output: Exported };
  imports: { kind: "query"; input: null; output: Array<ImportRow> };
  import_coverage: { kind: "query"; input: ImportRef; output: ImportCoverage };
  import_revert: { kind: "mutate"; input: ImportRef; output: null };
  imports_revert: { kind: "mutate"; input: ImportRefs; output: Batch };
  import_answer: { kind: "mutate"; input: AnswerChange; output: null };
  demand: { kind: "query"; input: DemandQuery; output: DemandView };
  economics: { kind: "query"; input: EconomicsQuery; output: EconomicsView };
  dimension_values: { kind: "query"; input: DimensionValuesQuery; output: DimensionValues };
  periods: { kind: "query"; input: null; output: Array<PeriodOption> };
  reconciliation: { kind: "query"; input: ReconciliationQuery; output: ReconciliationView };
  aliases: { kind: "query"; input: null; output: Array<ModelAlias> };
  alias_save: { kind: "mutate"; input: ModelAlias; output: AliasEffect };
  alias_forget: { kind: "mutate"; input: AliasRef; output: null };
  feed_pair_save: { kind: "mutate"; input: FeedPairDraft; output: null };
  explain: { kind: "query"; input: ExplainQuery; output: Explanation };
  slos: { kind: "query"; input: null; output: Array<SloRow> };
  slo: { kind: "query"; input: SloRef; output: SloView };
  slo_proposals: { kind: "query"; input: SloDraft; output: Array<SloProposal> };
  slo_file: { kind: "query"; input: SloFileRequest; output: SloFilePlan };
  slo_save: { kind: "mutate"; input: SloDraft; output: SloRef };
  slo_delete: { kind: "mutate"; input: SloRef; output: null };
  slo_file_commit: { kind: "mutate"; input: SloFileRequest; output: SloFileMade };
  slo_export: { kind: "mutate"; input: SloExport; output: Exported };
  slo_measure: { kind: "job"; input: SloMeasureRequest; output: SloMeasured };
  slo_measure_revert: { kind: "mutate"; input: SloImportRef; output: null };
  incidents: { kind: "query"; input: null; output: Array<IncidentRow> };
  incident: { kind: "query"; input: IncidentRef; output: IncidentView };
  incident_severity: { kind: "query"; input: SeverityQuery; output: SeverityView };
  instant_read: { kind: "query"; input: InstantText; output: InstantRead };
  incident_declare: { kind: "mutate"; input: IncidentDeclare; output: IncidentRef };
  incident_save: { kind: "mutate"; input: IncidentDraft; output: IncidentRef };
  incident_stage: { kind: "mutate"; input: StageReached; output: IncidentRef };
  incident_delete: { kind: "mutate"; input: IncidentRef; output: null };
  postmortem: { kind: "query"; input: IncidentRef; output: PostmortemView };
  postmortem_figure: { kind: "query"; input: FigureRequest; output: ChartSpec | null };
  postmortem_head: { kind: "query"; input: IncidentRef; output: TextHead };
  postmortem_text: { kind: "query"; input: IncidentRef; output: TextView };
  postmortem_begin: { kind: "mutate"; input: IncidentRef; output: TextView };
  postmortem_write: { kind: "mutate"; input: TextWrite; output: TextWritten };
  postmortem_history: { kind: "query"; input: IncidentRef; output: Array<PostmortemVersionView> };
  postmortem_version: { kind: "query"; input: PostmortemVersionRef; output: PostmortemVersionText };
  postmortem_blame: { kind: "query"; input: IncidentRef; output: Array<BlameLine> };
  postmortem_restore: { kind: "mutate"; input: PostmortemVersionRef; output: TextWritten };
  postmortem_state: { kind: "mutate"; input: StateRequest; output: IncidentRef };
  postmortem_names: { kind: "mutate"; input: NamesRequest; output: IncidentRef };
  postmortem_hints: { kind: "query"; input: HintsRequest; output: Array<HintView> };
  event_save: { kind: "mutate"; input: EventDraft; output: EventRef };
  event_delete: { kind: "mutate"; input: EventRef; output: null };
  events_add: { kind: "mutate"; input: EventsRequest; output: Batch };
  chat_read: { kind: "query"; input: ChatRequest; output: ChatView };
  actions: { kind: "query"; input: null; output: Array<ActionView> };
  action_save: { kind: "mutate"; input: ActionDraft; output: ActionRef };
  action_delete: { kind: "mutate"; input: ActionRef; output: null };
  postmortem_export: { kind: "job"; input: PostmortemExport; output: Exported };
  document: { kind: "query"; input: DocumentRef; output: DocumentView };
  document_arrange: { kind: "mutate"; input: Arrangement; output: null };
  passage_save: { kind: "mutate"; input: PassageDraft; output: null };
  report_preview: { kind: "job"; input: ReportRequest; output: ReportPreview };
  report_export: { kind: "job"; input: ReportExport; output: ReportExported };
  chart_export: { kind: "mutate"; input: ChartExport; output: Exported };
  people: { kind: "query"; input: null; output: PeopleView };
  person_save: { kind: "mutate"; input: PersonDraft; output: Person };
  person_delete: { kind: "mutate"; input: PersonRef; output: null };
  record: { kind: "query"; input: RecordRef; output: RecordView };
  record_attach: { kind: "mutate"; input: AttachRequest; output: Attachment };
  attachment_content: { kind: "query"; input: AttachmentRef; output: AttachmentContent };
  attachment_save: { kind: "mutate"; input: AttachmentSave; output: null };
  attachment_delete: { kind: "mutate"; input: AttachmentRef; output: null };
  comment_save: { kind: "mutate"; input: CommentDraft; output: Comment };
  comment_delete: { kind: "mutate"; input: CommentRef; output: null };
  link_add: { kind: "mutate"; input: LinkDraft; output: null };
  link_remove: { kind: "mutate"; input: LinkDraft; output: null };
  attention_snooze: { kind: "mutate"; input: SnoozeRequest; output: PutOffUntil };
  attention_wake: { kind: "mutate"; input: SnoozeRef; output: null };
  workspace_status: { kind: "query"; input: null; output: WorkspaceStatus };
  workspace_create: { kind: "mutate"; input: WorkspaceDraft; output: WorkspaceStatus };
  workspace_open: { kind: "mutate"; input: PathInput; output: WorkspaceStatus };
  workspace_close: { kind: "mutate"; input: null; output: WorkspaceStatus };
  workspace_rescue: { kind: "mutate"; input: PathInput; output: WorkspaceStatus };
  workspace_sample: { kind: "job"; input: SampleRequest; output: WorkspaceStatus };
  workspace_recent: { kind: "query"; input: null; output: Array<RecentWorkspace> };
  path_look: { kind: "query"; input: PathInput; output: TypedPath };
  workspace_backup: { kind: "mutate"; input: null; output: Backup };
  backups: { kind: "query"; input: null; output: Array<Backup> };
  backup_restore: { kind: "mutate"; input: PathInput; output: WorkspaceStatus };
  workspace_verify: { kind: "query"; input: null; output: Verification };
  settings_save: { kind: "mutate"; input: Settings; output: Settings };
  job_cancel: { kind: "mutate"; input: JobCancel; output: null };
  fx_rates: { kind: "query"; input: null; output: Array<FxRateView> };
  fx_rate_save: { kind: "mutate"; input: FxRateView; output: FxRateView };
  fx_rate_delete: { kind: "mutate"; input: FxRateView; output: null };
}

/** The tags each query reads: a commit that touches one of them makes it stale. */
export const READS = {
  home: ["slos", "vendors", "contracts", "prices", "usage", "settings", "incidents", "postmortems", "attention"],
  since: ["usage", "prices", "settings", "records", "incidents", "activity"],
  check: [],
  calendar: ["vendors", "contracts", "prices", "incidents", "postmortems", "settings"],
  search: ["slos", "vendors", "contracts", "prices", "incidents", "postmortems", "people"],
  activity: ["activity"],
  table_totals: [],
  vendors: ["vendors", "contracts", "usage", "settings"],
  vendor: ["vendors", "contracts", "usage", "settings", "records"],
  vendor_key: ["vendors"],
  contracts: ["vendors", "contracts", "settings"],
  contract: ["vendors", "contracts", "prices", "settings", "usage", "incidents"],
  contract_notice: ["contracts", "settings"],
  contract_clauses: ["contracts"],
  data_terms: ["contracts", "vendors", "settings"],
  prices: ["prices", "contracts", "usage", "vendors"],
  price_history: ["prices", "contracts", "vendors"],
  price_preview: [],
  price_term: ["contracts", "settings"],
  price_sources: ["prices"],
  bakeoffs: ["bakeoffs", "suites", "contracts", "settings"],
  bakeoff: ["bakeoffs", "suites", "contracts", "vendors", "settings"],
  bakeoff_comparison: ["bakeoffs", "suites", "prices", "vendors", "contracts"],
  bakeoff_cases: ["bakeoffs", "suites"],
  bakeoff_case: ["bakeoffs", "suites"],
  answer_difference: ["bakeoffs", "suites"],
  scorers: ["bakeoffs"],
  decision: ["bakeoffs", "suites", "prices", "vendors", "contracts", "settings"],
  decision_verify: ["bakeoffs", "suites", "prices", "vendors", "contracts"],
  round_disputes: ["bakeoffs", "suites"],
  rounds: ["bakeoffs"],
  round_task: ["bakeoffs"],
  round_results: ["bakeoffs"],
  packet_task: [],
  suites: ["suites", "bakeoffs"],
  suite: ["suites", "bakeoffs"],
  suite_cases: ["suites"],
  suite_case: ["suites"],
  suite_diff: ["suites"],
  scorecard: ["scorecards", "vendors", "contracts", "bakeoffs", "prices", "settings"],
  scorecards: ["scorecards", "vendors", "contracts", "bakeoffs", "prices", "settings"],
  import_inspect: ["usage", "prices"],
  import_plan_get: [],
  import_effect: ["usage", "prices", "settings"],
  import_issues_export: [],
  imports: ["usage"],
  import_coverage: ["usage", "prices", "vendors", "settings"],
  demand: ["vendors", "usage", "prices", "settings"],
  economics: ["vendors", "usage", "prices", "settings"],
  dimension_values: ["vendors", "usage"],
  periods: ["usage", "settings"],
  reconciliation: ["vendors", "usage", "prices", "settings"],
  aliases: ["prices"],
  explain: ["vendors", "usage", "prices", "settings"],
  slos: ["slos", "usage", "prices", "settings"],
  slo: ["slos", "usage", "prices", "incidents", "settings"],
  slo_proposals: ["slos", "usage", "prices", "settings"],
  slo_file: ["slos"],
  incidents: ["incidents", "vendors", "settings"],
  incident: ["slos", "incidents", "vendors", "usage", "prices", "settings"],
  incident_severity: [],
  instant_read: ["settings"],
  postmortem: ["postmortems", "incidents", "usage", "prices", "settings"],
  postmortem_figure: ["slos", "postmortems", "incidents", "usage", "prices", "settings"],
  postmortem_head: ["postmortem-texts"],
  postmortem_text: [],
  postmortem_history: ["postmortem-texts"],
  postmortem_version: ["postmortem-texts"],
  postmortem_blame: ["postmortem-texts"],
  postmortem_hints: [],
  chat_read: ["settings"],
  actions: ["postmortems", "incidents", "settings"],
  document: ["reports"],
  people: ["people", "vendors", "contracts", "activity"],
  record: ["records", "activity"],
  attachment_content: [],
  workspace_status: ["workspace", "settings"],
  workspace_recent: ["workspace"],
  path_look: [],
  backups: ["workspace"],
  workspace_verify: [],
  fx_rates: ["settings"],
} as const;
