import icon from "../../../icons/icon.png";

/** The application's own mark; its name stands beside it. */
export function Mark({ className }: { className: string }) {
  return <img className={className} src={icon} alt="" />;
}
