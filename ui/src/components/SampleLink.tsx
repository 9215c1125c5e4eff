import { useSample } from "@/core/sample";
import { useText } from "@/core/text";
import { Button } from "./Button";

/** An empty screen's second way on: the same screen filled, in the sample workspace. */
export function SampleLink() {
  const t = useText();
  const sample = useSample();
  if (!sample) return null;
  return <Button look="quiet" disabled={sample.building} onClick={sample.explore} data-testid="explore-sample">{t(sample.building ? "start-sample-building" : "start-sample")}</Button>;
}
