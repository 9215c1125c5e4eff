/** A stand-in for the core: answers every command from fixtures, for the gallery, tests and photographs. */
import type { Commands, Transport } from "../rpc";
import type { Jobs } from "../commands";
import type { Assignment, FxRateView, JobEvent, Passage, Tag, WireError, WorkspaceStatus } from "../types";
import { dimensionValues, economics, explain, home, periods } from "./economics";
import { coverage, effect, imports, inspection, plan } from "./imports";
import { fixturePdf } from "./pdf";
import { aliases, feeds, priced, reconciliation } from "./reconcile";
import { activity, backups, contracts, contractsView, contractView, people, priceHistory, priceList, prices, priceSources, recordView, vendorRows, vendors } from "./records";
import { clauses, dataTerms, giveMark, keepClauses, scorecard, scorecards } from "./scorecards";
import { decision, disputes, judged, keepDecision, roundResults, rounds, ROUND, settle, takenBack, task } from "./blind";
import { answerDifference, bakeoffCase, bakeoffCases, bakeoffs, bakeoffView, comparison, removeCandidate, resultsPlan, saveBakeoff, saveCandidate, SEALED } from "./bakeoffs";
import { calendarView } from "./calendar";
import * as postmortems from "./postmortems";
import { keepSlo, removeSlo, slo, slos } from "./slos";
import { declare, incident, incidents, keepIncident, reach, removeIncident, severity } from "./incidents";
import { brokenBy, runScorer, saveScorer, scorers } from "./scorers";
import { freeze, saveCase, saveSuite, suiteCase, suiteCases, suiteDiff, suiteImported, suitePreview, suites, suiteView } from "./suites";
import { usd, uuid } from "./series";

/** Who the labels of a file were said to be, at the last import: for tests. */
export const committed: Assignment[] = [];

type Handlers = { [C in keyof Commands]: (payload: Commands[C]["in"]) => Commands[C]["out"] };

/** How the stand-in starts: full sample, own empty workspace, none yet, or a file that cannot be opened. */
export type FakeState = "sample" | "empty" | "none" | "damaged" | "newer" | "gone" | "replaced" | "read-only";

export function fakeTransport(start: FakeState, delay = 20): Transport {
  const listeners = new Set<(tags: Tag[]) => void>();
  const changed = (...tags: Tag[]): void => listeners.forEach((listener) => listener(tags));
  let status = statusOf(start);
  const empty = (): boolean => status.state === "open" && !status.sample;
  const cancelled = new Set<string>();
  const passages: Passage[] = [{ section: "summary", headline: "", figures: [], text: "Caching on Support chat paid for the growth in Code review.\n- Renew Harbor before 2 October" }];
  let sections = ["spend", "unit-economics", "contracts"];
  const rates: FxRateView[] = [{ from: "EUR", to: "USD", day: "2026-09-01", rate: "1.0842" }];
  let seed = 10_000;
  const nextId = (): string => uuid(++seed);

  const open = (next: WorkspaceStatus): WorkspaceStatus => {
    status = next;
    setTimeout(() => changed("workspace"), 0);
    return next;
  };

  const handlers: Handlers = {
    workspace_status: () => status,
    path_look: ({ path }) => {
      const whole = path.startsWith("~") ? path.replace("~", "/home/ines") : path.startsWith("/") ? path : `/home/ines/Documents/${path}`;
      return { path: whole, folder: whole.replace(/\/[^/]*$/, ""), folderExists: !whole.includes("/nowhere/") };
    },
    workspace_verify: () => ({ ok: true, detail: null }),
    workspace_recent: () => [
      { path: "/home/ines/Quarterdeck/meridian.qdk", name: "Meridian Health", openedAt: "2026-09-23T12:02:00Z", exists: true },
      { path: "/media/usb/old-ops.qdk", name: "Old ops", openedAt: "2026-04-02T08:00:00Z", exists: false },
    ],
    since: () => ({ from: "2026-09-18T17:42:00Z", lines: [{ label: "Spend", text: "$41.20k in 5 days, 18 – 22 Sep 2026", tone: "plain", link: { area: "economics", id: null } }, { label: "Imports", text: "prod gateway tells nothing after 12 Sep", tone: "warn", link: { area: "import", id: null } }] }),
    check: () => ({ alerts: [] }),
    calendar: ({ month }) => calendarView(month),
    calendar_export: ({ path }) => ({ path, rows: 4 }),
    attention_snooze: ({ until }) => ({ until }),
    attention_wake: () => null,
    backups: () => backups,
    activity: ({ limit }) => activity.slice(0, limit),
    home: () => (empty() ? { today: "2026-09-23", now: "2026-09-23T18:00:00Z", coming: [], attention: [], snoozed: [], snoozes: [], quarter: null, spendChart: null, empty: true } : home()),
    vendors: () => (empty() ? vendorRows().filter((row) => row.vendor.id > uuid(9_999)) : vendorRows()),
    vendor: ({ id }) => {
      const found = vendors.find((item) => item.id === id);
      if (!found) throw wire("not-found");
      return {
        vendor: found, chart: null, documents: [],
        strip: [
          { label: "Spend, Q3 2026", text: vendorRows().find((row) => row.vendor.id === id)?.spendThisQuarter?.compact ?? "—", note: "+7.4 % vs Q2 2026", tone: "plain" as const },
          { label: "Share of spend", text: "45.0 %", note: "+1.2 pt", tone: "plain" as const },
        ],
        contracts: contracts.filter((row) => row.contract.vendorId === id).map((row) => ({ ...row, drawdown: null })),
        models: id === uuid(1) ? [{ name: "harbor-l-2", requests: "10420118", spend: usd(801_554.2), price: prices[0] ?? null, againstList: "12 % under list since 1 Jan 2026" }, { name: "harbor-s-2", requests: "7210554", spend: usd(315_310.68), price: null, againstList: null }] : [],
      };
    },
    contracts: () => (empty() ? { rows: [], timeline: null } : contractsView()),
    contract: ({ id }) => contractView(id),
    contract_clauses: ({ id }) => clauses(id),
    contract_clauses_save: (draft) => {
      const saved = keepClauses(draft);
      changed("contracts");
      return saved;
    },
    data_terms: () => dataTerms(contracts[0]?.contract.id ?? "", contracts[0]?.contract.vendorId ?? ""),
    scorecard: ({ id }) => scorecard(id, vendors.find((one) => one.id === id)?.name ?? ""),
    scorecards: () => scorecards(vendors.map(({ id, name }) => ({ id, name }))),
    scorecard_set: (draft) => {
      giveMark(draft);
      changed("scorecards");
      return null;
    },
    contract_notice: ({ notice }) => ({ sentence: notice === null ? "Without notice it renews after 31 Dec 2026 for 12 months." : "It ends on 31 Dec 2026. Nothing more is committed.", ends: notice, committed: null, late: false }),
    prices: ({ search, limit, used }) => priceList(search, limit, used),
    price_history: ({ provider, model }) => priceHistory(provider, model),
    price_sources: () => priceSources,
    price_term: ({ from }) => (from < "2020" ? "This is before the contract begins on 1 Jan 2026." : null),
    price_preview: ({ model }) => (model.startsWith("lumen-pro-preview") ? priced : []),
    reconciliation: (query) => (empty() ? { ...reconciliation(query), months: [], unresolved: [], aliases: [], feeds: [] } : reconciliation(query)),
    aliases: () => aliases,
    import_inspect: ({ path }) => {
      if (path.includes("missing")) throw wire("file-not-found", { path });
      return inspection(path);
    },
    import_plan_get: () => plan({ path: "/home/ines/gateway-2026-09.csv", format: "generic-csv", mapping: inspection("x").mapping, source: "prod gateway" }),
    imports: () => (empty() ? [] : imports),
    import_coverage: ({ id }) => coverage(id),
    import_effect: (request) => effect(request),
    economics: (query) => {
      const view = economics(query);
      return empty() ? { ...view, chart: null, waterfall: null, tokensChart: null, rows: [], other: null, total: null, unpriced: [], imports: 0, dataTo: null, tiles: [] } : view;
    },
    explain,
    // No page asks for it yet.
    demand: ({ period }) => ({ period: economics({ period, by: ["vendor"], filters: [], limit: 0 }).period, timeZone: "Europe/Berlin", rows: [] }),
    dimension_values: dimensionValues,
    postmortem: ({ id }) => postmortems.postmortem(id),
    postmortem_figure: () => null,
    postmortem_head: ({ id }) => ({ revision: postmortems.text(id).revision }),
    postmortem_text: ({ id }) => postmortems.text(id),
    postmortem_begin: ({ id }) => {
      changed("postmortems");
      return postmortems.begin(id);
    },
    postmortem_write: (request) => postmortems.write(request),
    postmortem_history: ({ id }) => postmortems.history(id),
    postmortem_version: ({ id, number }) => postmortems.version(id, number),
    postmortem_blame: ({ id }) => postmortems.blame(id),
    postmortem_restore: ({ id, number }) => postmortems.restore(id, number),
    postmortem_state: ({ id, state, by }) => {
      postmortems.setState(id, state, by);
      setTimeout(() => changed("postmortems"), 0);
      return { id };
    },
    postmortem_names: ({ id, names }) => {
      postmortems.setNames(id, names);
      setTimeout(() => changed("postmortems"), 0);
      return { id };
    },
    postmortem_hints: ({ text }) => postmortems.hints(text),
    event_save: (draft) => {
      setTimeout(() => changed("postmortems"), 0);
      return postmortems.keepEvent(draft);
    },
    event_delete: ({ id }) => {
      postmortems.removeEvent(id);
      setTimeout(() => changed("postmortems"), 0);
      return null;
    },
    events_add: (request) => {
      setTimeout(() => changed("postmortems"), 0);
      return postmortems.addEvents(request);
    },
    chat_read: ({ text }) => postmortems.chat(text),
    actions: () => (empty() ? [] : postmortems.allActions()),
    action_save: (draft) => {
      setTimeout(() => changed("postmortems"), 0);
      return postmortems.keepAction(draft);
    },
    action_delete: ({ id }) => {
      postmortems.removeAction(id);
      setTimeout(() => changed("postmortems"), 0);
      return null;
    },
    slos: () => (empty() ? [] : slos()),
    slo: ({ id }) => slo(id),
    slo_proposals: () => [{ objective: "95", objectiveText: "95 %", text: "missed on 0 of 91 days", best: true }, { objective: "99", objectiveText: "99 %", text: "missed on 91 of 91 days", best: false }],
    slo_file: () => ({ slos: [{ name: "Main page availability", service: "web-shop", indicatorText: "Good events, from files", objectiveText: "99 %", windowText: "14 days, rolling", becomes: "new" }], issues: [] }),
    slo_file_commit: () => ({ made: 1, changed: 0, same: 0, issues: 0 }),
    slo_export: ({ path }) => ({ path, rows: 2 }),
    slo_save: (draft) => {
      if (draft.name.trim() === "") throw wire("invalid", {}, [{ field: "name", code: "required", params: {} }]);
      setTimeout(() => changed("slos"), 0);
      return keepSlo(draft);
    },
    slo_delete: ({ id }) => {
      removeSlo(id);
      setTimeout(() => changed("slos"), 0);
      return null;
    },
    slo_measure_revert: () => null,
    incidents: () => (empty() ? [] : incidents()),
    incident: ({ id }) => incident(id),
    incident_severity: severity,
    instant_read: ({ text }) => (/\d:\d\d$/.test(text.trim()) ? { at: "2026-09-22T10:30:00Z", note: "" } : { at: null, note: "This is not a time: 2026-09-14 14:05, or 14:05 today." }),
    incident_declare: (draft) => {
      changed("incidents");
      return declare(draft);
    },
    incident_save: (draft) => {
      changed("incidents");
      return keepIncident(draft);
    },
    incident_stage: ({ id, stage }) => {
      const reached = reach(id, stage);
      setTimeout(() => changed("incidents"), 0);
      return reached;
    },
    incident_delete: ({ id }) => {
      changed("incidents");
      return removeIncident(id);
    },
    suites: () => (empty() ? [] : suites),
    suite: ({ id }) => suiteView(id),
    suite_cases: suiteCases,
    suite_case: ({ number }) => suiteCase(number),
    suite_diff: ({ from, to }) => suiteDiff(from, to),
    suite_save: (draft) => {
      if (suites.some((one) => one.id !== draft.id && one.name.toLowerCase() === draft.name.trim().toLowerCase())) throw wire("invalid", {}, [{ field: "name", code: "taken", params: {} }]);
      const id = saveSuite(draft, nextId());
      changed("suites", "activity");
      return { id };
    },
    suite_case_save: (draft) => {
      if (draft.case.messages.every((message) => message.content.trim() === "")) throw wire("invalid", {}, [{ field: "messages", code: "required", params: {} }]);
      const number = saveCase(draft);
      changed("suites", "activity");
      return { number };
    },
    suite_cases_remove: () => null,
    suite_freeze: ({ id, by, note }) => {
      const made = freeze(id, by, note);
      changed("suites", "activity");
      return made;
    },
    suite_delete: ({ id }) => {
      suites.splice(suites.findIndex((one) => one.id === id), 1);
      changed("suites", "activity");
      return null;
    },
    rounds: ({ id }) => rounds(id),
    round_task: ({ rater }) => task(rater),
    round_results: () => roundResults,
    round_disputes: () => disputes(),
    round_adjudicate: (request) => {
      settle(request);
      changed("bakeoffs");
      return null;
    },
    round_open: () => ({ id: ROUND }),
    round_judge: ({ rater, choice }) => judged(rater, choice),
    round_undo: ({ rater }) => takenBack(rater),
    round_close: () => null,
    round_cancel: () => null,
    round_packet: ({ path, tasks }) => ({ path, rows: tasks }),
    round_merge: () => ({ rater: "Priya Raman", added: 40, already: 0, conflicts: 0, unknown: 0 }),
    packet_task: ({ rater }) => task(rater),
    packet_judge: ({ rater, choice }) => judged(rater, choice),
    packet_undo: ({ rater }) => takenBack(rater),
    scorers: ({ id }) => scorers(id),
    decision: ({ content }) => decision(content),
    decision_save: ({ content }) => {
      const kept = keepDecision(content);
      changed("bakeoffs", "activity");
      return kept;
    },
    decision_sign: () => decision(),
    decision_discard: () => decision(),
    decision_verify: () => [],
    bakeoffs: () => (empty() ? [] : bakeoffs),
    bakeoff: ({ id }) => bakeoffView(id),
    bakeoff_comparison: ({ id }) => {
      if (id === SEALED) throw wire("sealed");
      return comparison();
    },
    bakeoff_cases: (query) => {
      if (query.id === SEALED) throw wire("sealed");
      return bakeoffCases(query);
    },
    answer_difference: answerDifference,
    bakeoff_case: ({ number }) => bakeoffCase(number),
    bakeoff_save: (draft) => {
      const id = saveBakeoff(draft, nextId());
      changed("bakeoffs", "activity");
      return { id };
    },
    bakeoff_delete: ({ id }) => {
      bakeoffs.splice(bakeoffs.findIndex((one) => one.id === id), 1);
      changed("bakeoffs", "activity");
      return null;
    },
    candidate_save: (draft) => {
      const id = saveCandidate(draft);
      changed("bakeoffs", "activity");
      return { id };
    },
    candidate_delete: ({ id }) => {
      removeCandidate(id);
      changed("bakeoffs", "activity");
      return null;
    },
    results_revert: () => null,
    periods: () => (empty() ? [] : periods()),
    document: (document) => ({
      document, passages: [...passages], earlier: [{ section: "spend", headline: "", text: "Growth came from Code review.", figures: [] }], earlierName: "Q2 2026",
      sections: [...sections, ...["spend", "unit-economics", "contracts"].filter((id) => !sections.includes(id))].map((id) => ({
        id, name: { spend: "Spend", "unit-economics": "Unit economics", contracts: "Contracts" }[id] ?? id, area: id === "contracts" ? "contract" : "economics", chosen: sections.includes(id),
      })),
    }),
    search: ({ text, limit }) =>
      [
        ...vendors.map((item) => ({ link: { area: "vendor" as const, id: item.id }, title: item.name, detail: item.owner, answer: false })),
        ...contracts.map((row) => ({ link: { area: "contract" as const, id: row.contract.id }, title: row.contract.title, detail: row.vendorName, answer: false })),
      ]
        .filter((hit) => `${hit.title} ${hit.detail}`.toLowerCase().includes(text.toLowerCase()))
        .slice(0, limit),
    workspace_create: (draft) => open({ ...statusOf("empty"), path: draft.path, name: draft.name, settings: { name: draft.name, currency: draft.currency, timeZone: draft.timeZone, fiscalStartMonth: draft.fiscalStartMonth } }),
    workspace_open: ({ path }) => {
      if (path.includes("missing")) throw wire("file-not-found", { path });
      return open({ ...statusOf("sample"), sample: false, path });
    },
    workspace_close: () => open(statusOf("none")),
    workspace_rescue: ({ path }) => open({ ...statusOf("empty"), path }),
    settings_save: (settings) => {
      if (settings.name.trim() === "") throw wire("invalid", {}, [{ field: "name", code: "required", params: {} }]);
      status = { ...status, settings, name: settings.name };
      changed("settings");
      return settings;
    },
    workspace_backup: () => {
      const taken = { path: "/home/ines/Quarterdeck/backups/now.qdk", takenAt: "2026-09-23T18:00:00Z", bytes: 41_300_000, reason: "manual" as const };
      backups.unshift(taken);
      changed("workspace");
      return taken;
    },
    backup_restore: () => open(statusOf("sample")),
    undo: (request) => {
      const entry = activity.find((item) => (request?.id ? item.id === request.id : !item.undone)) ?? null;
      if (entry) Object.assign(entry, { undone: true, undoable: false });
      changed("activity");
      return { undone: entry, count: 1 };
    },
    redo: () => {
      const entry = activity.findLast((item) => item.undone) ?? null;
      if (entry) Object.assign(entry, { undone: false, undoable: true });
      changed("activity");
      return { redone: entry, count: 1 };
    },
    vendor_save: (draft) => {
      const saved = { ...draft, id: draft.id ?? nextId() };
      const at = vendors.findIndex((item) => item.id === saved.id);
      if (at >= 0) vendors[at] = saved;
      else vendors.push(saved);
      changed("vendors", "activity");
      return saved;
    },
    vendors_owner: ({ ids, owner }) => {
      for (const vendor of vendors) if (ids.includes(vendor.id)) vendor.owner = owner;
      changed("vendors", "activity");
      return { ids: ids.map(() => nextId()) };
    },
    contracts_owner: ({ ids, owner }) => {
      for (const { contract } of contracts) if (ids.includes(contract.id)) contract.owner = owner;
      changed("contracts", "activity");
      return { ids: ids.map(() => nextId()) };
    },
    vendor_key: ({ id }) => (id === uuid(2) ? "no-keychain" : "not-stored"),
    vendor_key_save: () => "stored",
    vendor_key_forget: () => "not-stored",
    vendor_delete: ({ id }) => {
      vendors.splice(vendors.findIndex((item) => item.id === id), 1);
      changed("vendors", "activity");
      return null;
    },
    contract_save: (draft) => {
      const saved = { ...draft, id: draft.id ?? nextId() };
      const found = contracts.find((row) => row.contract.id === saved.id);
      if (found) found.contract = saved;
      else contracts.push({ contract: saved, vendorName: vendors.find((item) => item.id === saved.vendorId)?.name ?? "", term: null, deadline: null, state: "active" });
      changed("contracts", "activity");
      return saved;
    },
    contract_delete: ({ id }) => {
      contracts.splice(contracts.findIndex((row) => row.contract.id === id), 1);
      changed("contracts", "activity");
      return null;
    },
    record: recordView,
    record_attach: ({ path }) => ({ id: nextId(), name: path, bytes: 1000, sha256: "", addedAt: "2026-09-23T18:00:00Z" }),
    attachment_content: () => ({ name: "harbor-order-form-2025-signed.pdf", sight: "text", mediaType: "text/plain", data: "", text: "Order form" }),
    comment_save: ({ id, ...comment }) => ({ ...comment, id: id ?? nextId(), at: "2026-09-23T18:00:00Z" }),
    comment_delete: () => null,
    link_add: () => null,
    link_remove: () => null,
    people: () => (empty() ? { people: [], unknown: [] } : people),
    person_save: ({ id, ...details }) => ({ ...details, id: id ?? nextId() }),
    person_delete: () => null,
    attachment_save: () => null,
    attachment_delete: () => null,
    price_add: (draft) => {
      const row = { ...prices[0], ...draft, id: nextId(), layer: "override" as const } as (typeof prices)[number];
      prices.unshift(row);
      changed("prices", "activity");
      return row;
    },
    price_close: () => ({ ...prices[0] }) as (typeof prices)[number],
    alias_save: (alias) => {
      if (!prices.some((row) => row.provider === alias.provider && row.model === alias.model)) throw wire("invalid", {}, [{ field: "model", code: "no-such-model", params: {} }]);
      const at = aliases.findIndex((item) => item.vendor === alias.vendor && item.alias === alias.alias);
      aliases.splice(at < 0 ? aliases.length : at, at < 0 ? 0 : 1, alias);
      changed("prices", "usage", "activity");
      return { alias, priced };
    },
    alias_forget: ({ vendor, alias }) => {
      aliases.splice(aliases.findIndex((item) => item.vendor === vendor && item.alias === alias), 1);
      changed("prices", "activity");
      return null;
    },
    feed_pair_save: ({ aId, bId, basis }) => {
      const pair = feeds.find((item) => item.aId === aId && item.bId === bId);
      if (pair) pair.basis = basis;
      changed("usage", "activity");
      return null;
    },
    import_answer: ({ id, onConflict }) => {
      const found = imports.find((item) => item.id === id);
      if (found) found.answer = onConflict;
      changed("usage", "activity");
      return null;
    },
    import_plan_discard: () => null,
    import_revert: ({ id }) => {
      imports.splice(imports.findIndex((item) => item.id === id), 1);
      changed("usage", "activity");
      return null;
    },
    imports_revert: ({ ids }) => {
      for (const id of ids) imports.splice(imports.findIndex((item) => item.id === id), 1);
      changed("usage", "activity");
      return { ids: ids.map(() => nextId()) };
    },
    undo_together: () => {
      changed("usage", "activity");
      return { undone: null, count: 0 };
    },
    table_export: ({ path, sheet }) => ({ path, rows: sheet.rows.length }),
    table_totals: ({ columns }) => columns.map(({ values, currency, bare }) => {
      const sum = values.reduce((total, value) => total + Number(value), 0);
      const places = currency === null ? 0 : 2;
      const text = sum.toLocaleString("en-US", { minimumFractionDigits: places, maximumFractionDigits: places });
      return { exact: String(sum), text: currency === null || bare ? text : `$${text}` };
    }),
    import_issues_export: ({ path }) => ({ path, rows: 12 }),
    job_cancel: () => null,
    chart_export: ({ path }) => ({ path, rows: 0 }),
    fx_rates: () => rates,
    fx_rate_save: (rate) => {
      rates.push(rate);
      changed("settings", "activity");
      return rate;
    },
    fx_rate_delete: (rate) => {
      rates.splice(rates.findIndex((item) => item.day === rate.day && item.from === rate.from && item.to === rate.to), 1);
      changed("settings", "activity");
      return null;
    },
    document_arrange: ({ sections: next }) => {
      sections = next ?? ["spend", "unit-economics", "contracts"];
      setTimeout(() => changed("reports", "activity"), 0);
      return null;
    },
    passage_save: ({ section, headline, text }) => {
      passages.splice(0, passages.length, ...passages.filter((item) => item.section !== section), { section, headline, text, figures: [] });
      setTimeout(() => changed("reports", "activity"), 0);
      return null;
    },
  };

  const jobs: { [C in keyof Jobs]: (payload: Jobs[C]["in"]) => Jobs[C]["out"] } = {
    scorer_save: (draft) => {
      const cause = brokenBy(draft.rule);
      if (cause) throw wire("invalid", {}, [{ field: "rule", code: "rule-broken", params: { cause } }]);
      if (["quality", "safety"].includes(draft.criterion.toLowerCase())) throw wire("invalid", {}, [{ field: "criterion", code: "criterion-scored", params: {} }]);
      const run = saveScorer(draft);
      changed("bakeoffs", "activity");
      return run;
    },
    slo_measure: () => ({ id: uuid(1581), points: 2880, read: 2880, issues: [] }),
    scorer_run: ({ criterion }) => {
      const run = runScorer(criterion);
      changed("bakeoffs");
      return run;
    },
    suite_preview: (request) => {
      if (request.path.includes("missing")) throw wire("file-not-found", { path: request.path });
      return suitePreview(request);
    },
    suite_import: (request) => {
      changed("suites", "activity");
      return suiteImported(request);
    },
    results_plan: (request) => {
      if (request.path.includes("missing")) throw wire("file-not-found", { path: request.path });
      return resultsPlan(request);
    },
    results_commit: ({ candidates }) => {
      committed.push(...candidates);
      changed("bakeoffs", "activity");
      return { id: uuid(1352), results: 3_726, candidatesMade: 1, unmatched: 36, known: 1_236, differing: 18, issues: 3 };
    },
    workspace_sample: () => open(statusOf("sample")),
    workspace_export: ({ path }) => ({ path, rows: 41_202 }),
    results_export: ({ path }) => ({ path, rows: 1_648 }),
    vendor_models: () => ({ models: [{ name: "harbor-l-2", priced: true }, { name: "harbor-l-3-preview", priced: false }] }),
    price_import: () => ({ added: 14, closed: 9, unchanged: 1363, refused: [], priced }),
    import_plan: (request) => {
      if (request.path.includes("undecided") && request.mapping.decimalComma === null) throw wire("decimal-sign-undecided", { column: "cost", mixed: "0" });
      if (request.path.includes("undecided") && request.mapping.dayFirst === null) throw wire("day-order-undecided", { column: "TIMESTAMP", mixed: "1" });
      return plan(request);
    },
    import_commit: ({ onConflict }) => {
      changed("usage", "activity");
      return { importId: uuid(401), bad: 12, rows: 1_288_431, cells: 10_985, replaced: 0, skipped: 0, leftOut: onConflict === "keep" ? { hours: 2, period: { from: "2026-09-03T10:00:00Z", to: "2026-09-03T12:00:00Z" }, requests: "1310", tokens: "4480031" } : null, unchanged: false };
    },
    report_preview: ({ paper }) => {
      const pages = reportPages().filter((page) => ["cover", "summary", "sources"].includes(page.id) || sections.includes(page.id));
      return { pdfBase64: fixturePdf(pages.map((page) => ({ kicker: page.title, headline: `${page.title}: Q3 2026` })), paper), pages, figures: pages.map((page) => ({ section: page.id, figures: [{ label: "Spend", text: "$1.79M" }, { label: "Sessions", text: "4.1M" }] })), warnings: ["lumen-pro-preview-0820 has no price; its 41.2 M tokens are not part of spend."] };
    },
    postmortem_export: ({ path }) => ({ path, rows: 1 }),
    report_export: ({ path, replace }) => {
      if (path.includes("taken") && !replace) throw wire("target-exists", { file: "taken.pdf" });
      return { path, pages: 6, bytes: 182_044 };
    },
  };

  const answer = async (run: () => unknown): Promise<unknown> => {
    await new Promise((done) => setTimeout(done, delay));
    return structuredClone(run());
  };

  return {
    rpc: (command, payload) => answer(() => (handlers as unknown as Record<string, (payload: unknown) => unknown>)[command]?.(payload)),
    job: async (command, payload, _lang, onEvent) => {
      const job = nextId();
      const total = 1_288_443;
      const steps = delay === 0 ? 0 : 8;
      for (let step = 0; step <= steps; step++) {
        const event: JobEvent = { job, phase: command.startsWith("import") ? "reading" : "drawing", done: Math.round((total * step) / (steps || 1)), total, unit: "rows", ratePerSecond: 912_000, left: { count: Math.ceil((steps - step) / 8), unit: "second" } };
        onEvent(event);
        await new Promise((done) => setTimeout(done, delay * 3));
        if (cancelled.has(job)) throw wire("cancelled");
      }
      return answer(() => (jobs as unknown as Record<string, (payload: unknown) => unknown>)[command]?.(payload));
    },
    onMenu: () => () => undefined,
    cancel: async (job) => void cancelled.add(job),
    onChanged: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}

const reportPages = (): { id: string; title: string }[] => [
  { id: "cover", title: "Cover" }, { id: "summary", title: "Summary" }, { id: "spend", title: "Spend" },
  { id: "unit-economics", title: "Unit economics" }, { id: "contracts", title: "Contracts" }, { id: "sources", title: "Sources" },
];

const wire = (code: string, params: Record<string, string> = {}, fields: WireError["fields"] = []): WireError => ({ code, params, fields, retryable: false, logId: "0197-4f2c" });

function statusOf(state: FakeState): WorkspaceStatus {
  const open = state === "sample" || state === "empty" || state === "read-only";
  const settings = { name: state === "empty" ? "New company" : "Meridian Health", currency: "USD", timeZone: "America/New_York", fiscalStartMonth: 1 };
  return {
    state: open ? "open" : state,
    path: state === "none" ? null : "/home/ines/Quarterdeck/meridian.qdk",
    name: open ? settings.name : "",
    sample: state === "sample",
    readOnly: state === "read-only",
    shared: false,
    revision: 118,
    settings: open ? settings : null,
    today: open ? "2026-09-23" : null,
    appVersion: "0.1.0",
    detail: state === "damaged" ? "database disk image is malformed" : state === "newer" ? "7" : null,
    backups: state === "damaged" ? backups : [],
  };
}
