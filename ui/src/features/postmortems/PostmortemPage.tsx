import { Link, useNavigate } from "@tanstack/react-router";
import { ChevronDown, Ellipsis, FlaskConical, FileDown, History, ListTree, MessagesSquare, PenLine, Send, ShieldCheck, Undo2 } from "lucide-react";
import { useState } from "react";
import { Badge } from "@/components/Badge";
import { Button, IconButton } from "@/components/Button";
import { Menu, type MenuItem } from "@/components/Menu";
import { PageHeader } from "@/components/PageHeader";
import { EmptyState, ErrorState, LoadingState } from "@/components/States";
import { useToast } from "@/components/Toast";
import { useMutate, useRpc } from "@/core/queries";
import { useVisit } from "@/core/recent";
import { useText } from "@/core/text";
import type { PostmortemState, PostmortemView } from "@/core/types";
import { ApproveDialog } from "./ApproveDialog";
import { ChatDialog } from "./ChatDialog";
import { Desk } from "./Desk";
import { EvalCaseDialog } from "./EvalCaseDialog";
import { ExportDialog } from "./ExportDialog";
import { NamesDialog } from "./NamesDialog";
import "./postmortems.css";

export function PostmortemPage({ id }: { id: string }) {
  const t = useText();
  const postmortem = useRpc("postmortem", { id }, { keep: false });
  if (postmortem.data) return <Loaded key={id} view={postmortem.data} />;
  return (
    <div className="page">
      <PageHeader crumb={<Link to="/incidents" search={{}}>{t("nav-incidents")}</Link>} title={t("postmortem-name")} />
      <div className="page-body">{postmortem.error ? <ErrorState error={postmortem.error} onRetry={() => void postmortem.refetch()} /> : <LoadingState />}</div>
    </div>
  );
}

type Asked = "approve" | "case" | "chat" | "export" | "history" | "names" | null;

function Loaded({ view }: { view: PostmortemView }) {
  const t = useText();
  const toast = useToast();
  const navigate = useNavigate();
  const begin = useMutate("postmortem_begin");
  const state = useMutate("postmortem_state");
  const [asked, setAsked] = useState<Asked>(null);
  const { id } = view;
  useVisit("incident", id, `${view.code} ${view.title}`);
  const step = (next: PostmortemState): void => {
    if (next === "approved" && view.state === "review") setAsked("approve");
    else state.mutate({ id, state: next, by: "" }, { onError: toast.fail });
  };
  const forward = view.state === "draft" ? "review" : view.state === "review" ? "approved" : view.state === "approved" ? "closed" : null;
  const icon = { review: <Send />, approved: <ShieldCheck />, closed: <ShieldCheck />, draft: <Undo2 /> };
  const others: MenuItem[] = [
    ...view.next.filter((next) => next !== forward).map((next) => ({ key: next, label: t(`postmortem-to-${next}`), icon: icon[next], onSelect: () => step(next) })),
    { key: "names", label: t("postmortem-names"), icon: <ListTree />, onSelect: () => setAsked("names") },
    { key: "case", label: t("eval-case-add"), icon: <FlaskConical />, onSelect: () => setAsked("case") },
    { key: "chat", label: t("chat-import"), icon: <MessagesSquare />, onSelect: () => setAsked("chat") },
    { key: "incident", label: t("postmortem-incident"), icon: <PenLine />, onSelect: () => void navigate({ to: "/incidents/$id", params: { id }, search: {} }) },
  ];
  return (
    <div className="page">
      <PageHeader
        crumb={<><Link to="/incidents" search={{}}>{t("nav-incidents")}</Link> / <Link to="/incidents/$id" params={{ id }} search={{}}>{view.code}</Link></>}
        title={view.title}
        actions={
          <>
            <span id="pm-save" className="pm-save" />
            <Badge tone={view.tone}>{view.stateText}</Badge>
            {view.begun ? (
              <>
                <Button icon={<History />} onClick={() => setAsked("history")} data-testid="postmortem-history">{t("postmortem-history")}</Button>
                <Button icon={<FileDown />} onClick={() => setAsked("export")} data-testid="postmortem-export">{t("export")}</Button>
                {forward ? <Button look="primary" icon={icon[forward]} disabled={state.isPending} onClick={() => step(forward)} data-testid="postmortem-forward">{t(`postmortem-to-${forward}`)}</Button> : null}
                <Menu trigger={<IconButton label={t("postmortem-actions")} data-testid="postmortem-more"><Ellipsis /></IconButton>} items={others} />
              </>
            ) : null}
          </>
        }
      />
      {view.begun ? (
        <Desk view={view} history={asked === "history"} onHistory={(open) => setAsked(open ? "history" : null)} onChat={() => setAsked("chat")} />
      ) : (
        <div className="page-body">
          <EmptyState
            icon={<PenLine />}
            title={t("postmortem-empty-title")}
            text={t("postmortem-empty-text")}
            action={<Button look="primary" icon={<ChevronDown />} disabled={begin.isPending} onClick={() => begin.mutate({ id }, { onError: toast.fail })} data-testid="postmortem-begin">{t("postmortem-begin")}</Button>}
          />
        </div>
      )}
      {asked === "approve" ? <ApproveDialog view={view} onClose={() => setAsked(null)} /> : null}
      {asked === "case" ? <EvalCaseDialog view={view} onClose={() => setAsked(null)} /> : null}
      {asked === "chat" ? <ChatDialog view={view} onClose={() => setAsked(null)} /> : null}
      {asked === "export" ? <ExportDialog view={view} onClose={() => setAsked(null)} /> : null}
      {asked === "names" ? <NamesDialog view={view} onClose={() => setAsked(null)} /> : null}
    </div>
  );
}
