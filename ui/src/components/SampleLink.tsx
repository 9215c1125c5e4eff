import { useJob, useRpc } from "@/core/queries";
import { useText } from "@/core/text";
import { Button } from "./Button";

/** An empty screen's second way on: the same screen filled, in the sample workspace. */
export function SampleLink() {
  const t = useText();
  const status = useRpc("workspace_status", null);
  const sample = useJob("workspace_sample");
  if (!status.data || status.data.sample) return null;
  return <Button look="quiet" disabled={sample.running} onClick={() => void sample.run({ path: null })} data-testid="explore-sample">{t(sample.running ? "start-sample-building" : "start-sample")}</Button>;
}
