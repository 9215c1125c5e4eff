import { act, renderHook } from "@testing-library/react";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { forgetUnwritten, useDraft } from "@/core/autosave";

describe("saving as one types", () => {
  beforeEach(() => {
    forgetUnwritten();
    vi.useFakeTimers();
  });
  afterEach(() => void vi.useRealTimers());

  function draft(save: (value: { name: string }) => Promise<unknown>) {
    const server = { name: "Harbor" };
    return renderHook(({ id }) => useDraft(server, id, save), { initialProps: { id: "a" } });
  }

  it("writes once after a pause of 300 ms", async () => {
    const save = vi.fn(() => Promise.resolve());
    const { result } = draft(save);
    act(() => result.current.change({ name: "H" }));
    act(() => result.current.change({ name: "Ha" }));
    await act(() => vi.advanceTimersByTimeAsync(299));
    expect(save).not.toHaveBeenCalled();
    await act(() => vi.advanceTimersByTimeAsync(2));
    expect(save.mock.calls).toEqual([[{ name: "Ha" }]]);
    expect(result.current.status).toBe("saved");
  });

  it("writes at once when the field is left", async () => {
    const save = vi.fn(() => Promise.resolve());
    const { result } = draft(save);
    act(() => result.current.change({ name: "Quill" }));
    await act(() => result.current.flush());
    expect(save).toHaveBeenCalledExactlyOnceWith({ name: "Quill" });
  });

  it("writes what waits when another record is shown or the window closes", async () => {
    const save = vi.fn(() => Promise.resolve());
    const { result, unmount } = draft(save);
    act(() => result.current.change({ name: "Left behind" }));
    unmount();
    await act(() => vi.advanceTimersByTimeAsync(0));
    expect(save).toHaveBeenCalledExactlyOnceWith({ name: "Left behind" });
  });

  it("keeps what was typed when the core refuses it", async () => {
    const refusal = { code: "invalid", params: {}, fields: [{ field: "name", code: "taken", params: {} }], retryable: false, logId: "" };
    const { result } = draft(() => Promise.reject(refusal));
    act(() => result.current.change({ name: "Taken" }));
    await act(() => vi.advanceTimersByTimeAsync(301));
    expect(result.current.status).toBe("failed");
    expect(result.current.value.name).toBe("Taken");
    expect(result.current.error?.fields[0]?.code).toBe("taken");
  });

  it("writes the other fields when one is refused, and goes on showing that one", async () => {
    const refusal = { code: "invalid", params: {}, fields: [{ field: "notice", code: "order", params: {} }], retryable: false, logId: "" };
    const save = vi.fn((value: { notice: number; commitment: string }) => (value.notice > 120 ? Promise.reject(refusal) : Promise.resolve()));
    const server = { notice: 60, commitment: "900000" };
    const { result } = renderHook(() => useDraft(server, "c", save));
    act(() => result.current.change({ notice: 200 }));
    await act(() => vi.advanceTimersByTimeAsync(301));
    act(() => result.current.change({ commitment: "1200000" }));
    await act(() => vi.advanceTimersByTimeAsync(301));
    expect(save).toHaveBeenLastCalledWith({ notice: 60, commitment: "1200000" });
    expect(result.current.value).toEqual({ notice: 200, commitment: "1200000" });
    expect(result.current.status).toBe("failed");
  });

  it("goes on with the record that was made while one of its fields was refused", async () => {
    const refusal = { code: "invalid", params: {}, fields: [{ field: "website", code: "not-an-address", params: {} }], retryable: false, logId: "" };
    const save = vi.fn((value: { id: string | null; website: string }) => (value.website === "x" ? Promise.reject(refusal) : Promise.resolve({ id: value.id ?? "made" })));
    const server: { id: string | null; website: string; name: string } = { id: null, website: "", name: "" };
    const { result } = renderHook(() => useDraft(server, "new", save, (saved: { id: string }) => ({ id: saved.id })));
    act(() => result.current.change({ name: "Acme", website: "x" }));
    await act(() => vi.advanceTimersByTimeAsync(301));
    act(() => result.current.change({ website: "https://acme.example" }));
    await act(() => vi.advanceTimersByTimeAsync(301));
    expect(save).toHaveBeenLastCalledWith({ id: "made", website: "https://acme.example", name: "Acme" });
    expect(save.mock.calls.filter(([value]) => value.id === null && value.website !== "x")).toHaveLength(1);
  });

  it("never lets an older write overtake a newer one", async () => {
    const order: string[] = [];
    let release: () => void = () => undefined;
    const save = (value: { name: string }): Promise<void> =>
      new Promise((done) => {
        order.push(`start ${value.name}`);
        release = () => {
          order.push(`end ${value.name}`);
          done();
        };
      });
    const { result } = draft(save);
    act(() => result.current.change({ name: "one" }));
    await act(() => vi.advanceTimersByTimeAsync(301));
    act(() => result.current.change({ name: "two" }));
    await act(() => vi.advanceTimersByTimeAsync(301));
    expect(order).toEqual(["start one"]);
    await act(async () => {
      release();
      await vi.advanceTimersByTimeAsync(0);
    });
    expect(order).toEqual(["start one", "end one", "start two"]);
  });

  const refusal = { code: "disk-full", params: {}, fields: [], retryable: true, logId: "" };

  it("writes again on leaving what could not be written, and shows it on coming back", async () => {
    let full = true;
    const save = vi.fn((value: { name: string }) => (full ? Promise.reject(refusal) : Promise.resolve(value)));
    const server = { name: "Harbor" };
    const first = renderHook(() => useDraft(server, "kept", save));
    act(() => first.result.current.change({ name: "Typed on a full disk" }));
    await act(() => vi.advanceTimersByTimeAsync(301));
    expect(first.result.current.status).toBe("failed");
    first.unmount();
    await act(() => vi.advanceTimersByTimeAsync(0));
    expect(save).toHaveBeenCalledTimes(2);
    full = false;
    const second = renderHook(() => useDraft(server, "kept", save));
    expect(second.result.current.value.name).toBe("Typed on a full disk");
    await act(() => vi.advanceTimersByTimeAsync(0));
    expect(save).toHaveBeenLastCalledWith({ name: "Typed on a full disk" });
    expect(second.result.current.status).toBe("saved");
    second.unmount();
    const third = renderHook(() => useDraft(server, "kept", save));
    expect(third.result.current.value.name).toBe("Harbor");
    expect(save).toHaveBeenCalledTimes(3);
  });

  it("gives what was typed to the record it was typed for when another is shown", async () => {
    const written: string[] = [];
    const servers: Record<string, { name: string }> = { a: { name: "A" }, b: { name: "B" } };
    const { result, rerender } = renderHook(
      ({ id }) => useDraft(servers[id] ?? { name: "" }, id, (value) => Promise.resolve(written.push(`${id}: ${value.name}`))),
      { initialProps: { id: "a" } },
    );
    act(() => result.current.change({ name: "A, typed" }));
    rerender({ id: "b" });
    await act(() => vi.advanceTimersByTimeAsync(0));
    expect(written).toEqual(["a: A, typed"]);
    expect(result.current.value.name).toBe("B");
  });

  it("makes one record of what is typed while the first write is under way", async () => {
    type Record = { id: string | null; name: string };
    const written: Record[] = [];
    let release: () => void = () => undefined;
    const blank: Record = { id: null, name: "" };
    const { result } = renderHook(() =>
      useDraft<Record, string>(
        blank,
        "one",
        async (value) => {
          written.push(value);
          const id = value.id ?? `made ${written.length}`;
          await new Promise<void>((done) => (release = done));
          return id;
        },
        (id) => ({ id }),
      ),
    );
    act(() => result.current.change({ name: "Qui" }));
    await act(() => vi.advanceTimersByTimeAsync(301));
    act(() => result.current.change({ name: "Quill" }));
    await act(() => vi.advanceTimersByTimeAsync(301));
    await act(async () => {
      release();
      await vi.advanceTimersByTimeAsync(0);
    });
    expect(written).toEqual([{ id: null, name: "Qui" }, { id: "made 1", name: "Quill" }]);
    await act(async () => {
      release();
      await vi.advanceTimersByTimeAsync(0);
    });
    expect(result.current.value).toEqual({ id: "made 1", name: "Quill" });
    expect(result.current.status).toBe("saved");
  });
});
