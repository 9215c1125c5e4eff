import { AlertDialog as BaseAlert } from "@base-ui/react/alert-dialog";
import { Dialog as Base } from "@base-ui/react/dialog";
import { X } from "lucide-react";
import { useEffect, useRef, type ReactNode } from "react";
import { useText } from "@/core/text";
import { Button, IconButton } from "./Button";
import "./Overlay.css";

interface DialogProps {
  open: boolean;
  onClose: () => void;
  title: string;
  note?: ReactNode;
  children: ReactNode;
  footer?: ReactNode;
  wide?: boolean;
}

/** A dialog that is taken away whole, rather than closed, gives the focus back to where it was. */
function useFocusReturn(open: boolean): void {
  useEffect(() => {
    if (!open) return;
    const before = document.activeElement;
    return () => {
      window.setTimeout(() => {
        const lost = document.activeElement === null || document.activeElement === document.body;
        if (lost && before instanceof HTMLElement && before.isConnected) before.focus();
      });
    };
  }, [open]);
}

/** The first field, or the popup itself: never the close button with its tooltip. */
const firstField = (popup: HTMLElement | null): HTMLElement | null => popup?.querySelector<HTMLElement>("input:not([hidden]), textarea, .button-primary") ?? popup;

/** Takes the focus, gives it back on Esc. */
export function Dialog({ open, onClose, title, note, children, footer, wide }: DialogProps) {
  const t = useText();
  useFocusReturn(open);
  const popup = useRef<HTMLDivElement>(null);
  return (
    <Base.Root open={open} onOpenChange={(next) => !next && onClose()}>
      <Base.Portal>
        <Base.Backdrop className="backdrop" />
        <Base.Popup ref={popup} initialFocus={() => firstField(popup.current)} className={wide ? "dialog dialog-wide" : "dialog"}>
          <div className="dialog-head">
            <Base.Title className="dialog-title">{title}</Base.Title>
            <Base.Close render={<IconButton label={t("close")}><X /></IconButton>} />
          </div>
          {note ? <Base.Description className="dialog-note">{note}</Base.Description> : null}
          <div className="dialog-body">{children}</div>
          {footer ? <div className="dialog-foot">{footer}</div> : null}
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  );
}

interface AlertProps {
  open: boolean;
  onClose: () => void;
  onConfirm: () => void;
  title: string;
  text: ReactNode;
  confirm: string;
  danger?: boolean;
}

/** For the few acts that deserve a question. It says what will be lost and what will be kept. */
export function AlertDialog({ open, onClose, onConfirm, title, text, confirm, danger = false }: AlertProps) {
  const t = useText();
  return (
    <BaseAlert.Root open={open} onOpenChange={(next) => !next && onClose()}>
      <BaseAlert.Portal>
        <BaseAlert.Backdrop className="backdrop" />
        <BaseAlert.Popup className="dialog">
          <div className="dialog-head">
            <BaseAlert.Title className="dialog-title">{title}</BaseAlert.Title>
          </div>
          <BaseAlert.Description className="dialog-note">{text}</BaseAlert.Description>
          <div className="dialog-foot">
            <BaseAlert.Close render={<Button>{t("cancel")}</Button>} />
            <Button
              look={danger ? "danger" : "primary"}
              className={danger ? "button-filled" : ""}
              data-testid="alert-confirm"
              onClick={() => {
                onConfirm();
                onClose();
              }}
            >
              {confirm}
            </Button>
          </div>
        </BaseAlert.Popup>
      </BaseAlert.Portal>
    </BaseAlert.Root>
  );
}

/** One record or one explanation, slid in from the right. The page behind stays readable and clickable. */
export function SidePanel({ open, onClose, title, note, children, wide, actions }: DialogProps & { actions?: ReactNode }) {
  const t = useText();
  const popup = useRef<HTMLDivElement>(null);
  return (
    <Base.Root open={open} onOpenChange={(next) => !next && onClose()} modal={false} disablePointerDismissal>
      <Base.Portal>
        <Base.Popup ref={popup} initialFocus={() => popup.current?.querySelector<HTMLElement>("[data-first]") ?? popup.current} className={wide ? "panel panel-wide" : "panel"}>
          <div className="panel-head">
            <div className="grow">
              <Base.Title className="panel-title">{title}</Base.Title>
              {note ? <Base.Description className="section-note">{note}</Base.Description> : null}
            </div>
            {actions}
            <Base.Close render={<IconButton label={t("close")} keys="Esc"><X /></IconButton>} />
          </div>
          <div className="panel-body">{children}</div>
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  );
}
