import { useNavigate } from "@tanstack/react-router";
import { Plus, UserPlus, Users } from "lucide-react";
import { Button } from "@/components/Button";
import { Clip, DataTable, type Column } from "@/components/DataTable";
import { PageHeader } from "@/components/PageHeader";
import { RecordLink } from "@/components/RecordLink";
import { EmptyState, ErrorState, LoadingState } from "@/components/States";
import { useFormat } from "@/core/format";
import { useRpc } from "@/core/queries";
import { useText } from "@/core/text";
import type { PeopleView, PersonRow, SearchHit, UnknownName } from "@/core/types";
import { PersonDialog } from "./PersonDialog";
import "./people.css";

/** Who owns what and who stands in for them; and names that records give and nobody here answers to. */
export function PeoplePage({ id }: { id: string | null }) {
  const t = useText();
  const navigate = useNavigate();
  const people = useRpc("people", null);
  const open = (next: string | null): void => void navigate({ to: "/people", search: next ? { id: next } : {}, replace: true });
  return (
    <div className="page">
      <PageHeader title={t("nav-people")} actions={<Button look="primary" icon={<Plus />} onClick={() => open("new")} data-testid="person-add">{t("person-add")}</Button>} />
      <div className="page-body stack">
        {people.data ? <Body view={people.data} onOpen={open} /> : people.error ? <ErrorState error={people.error} /> : <LoadingState />}
      </div>
      {people.data && id !== null ? <PersonDialog key={id} people={people.data.people} row={people.data.people.find((row) => row.person.id === id) ?? null} name={id.startsWith("name:") ? id.slice(5) : ""} onClose={() => open(null)} /> : null}
    </div>
  );
}

function Body({ view, onOpen }: { view: PeopleView; onOpen: (id: string) => void }) {
  const t = useText();
  const columns: Column<PersonRow>[] = [
    { id: "name", header: t("name"), min: 150, cell: ({ person }) => <Clip>{[person.name, ...person.names].join(" · ")}</Clip>, sort: (a, b) => a.person.name.localeCompare(b.person.name) },
    { id: "role", header: t("person-role"), min: 150, cell: ({ person }) => <Clip>{person.role || "—"}</Clip>, sort: (a, b) => a.person.role.localeCompare(b.person.role) },
    { id: "deputy", header: t("person-deputy"), width: 160, cell: ({ deputy }) => <Clip>{deputy || "—"}</Clip>, sort: (a, b) => a.deputy.localeCompare(b.deputy) },
    { id: "owns", header: t("person-owns"), min: 200, cell: ({ owns }) => <Owned hits={owns} /> },
  ];
  return (
    <>
      <p className="section-note">{t("people-note")}</p>
      {view.people.length === 0 ? (
        <EmptyState icon={<Users />} title={t("people-none")} text={t("people-none-text")} action={<Button icon={<UserPlus />} onClick={() => onOpen("new")}>{t("person-add")}</Button>} />
      ) : (
        <DataTable label={t("nav-people")} columns={columns} rows={view.people} rowKey={({ person }) => person.id} storageKey="people" onOpen={({ person }) => onOpen(person.id)} testid="people" />
      )}
      {view.unknown.length > 0 ? <Unknown names={view.unknown} onOpen={onOpen} /> : null}
    </>
  );
}

function Owned({ hits }: { hits: SearchHit[] }) {
  const t = useText();
  const format = useFormat();
  const [first] = hits;
  if (!first) return <span className="faint">—</span>;
  const rest = hits.slice(1);
  return (
    <span className="owned" title={hits.map((hit) => `${hit.title} · ${hit.detail}`).join("\n")}>
      <RecordLink to={first.link}>{first.title}</RecordLink>
      {rest.length > 0 ? <span className="mut">{t("person-owns-more", { count: format.count(rest.length) })}</span> : null}
    </span>
  );
}

function Unknown({ names, onOpen }: { names: UnknownName[]; onOpen: (id: string) => void }) {
  const t = useText();
  return (
    <section>
      <h2 className="section-title">{t("people-unknown")}</h2>
      <p className="section-note">{t("people-unknown-note")}</p>
      <ul className="record-list">
        {names.map(({ name, owns }) => (
          <li key={name} data-testid="unknown-name">
            <b className="truncate">{name}</b>
            <span className="grow mut">{t("person-owns-count", { count: owns.length })}</span>
            <Button look="quiet" icon={<UserPlus />} onClick={() => onOpen(`name:${name}`)}>{t("person-add")}</Button>
          </li>
        ))}
      </ul>
    </section>
  );
}
