import { QueryClientProvider } from "@tanstack/react-query";
import { act, renderHook, waitFor } from "@testing-library/react";
import type { ReactNode } from "react";
import { describe, expect, it } from "vitest";
import { fakeTransport } from "@/core/dev/fake";
import { createQueryClient, useRpc } from "@/core/queries";
import { setTransport } from "@/core/rpc";

describe("a cached answer", () => {
  it("is not shown as if it still held when it cannot be had any more", async () => {
    const sample = fakeTransport("sample", 0);
    const refusal = { code: "missing-rate", params: {}, fields: [], retryable: false, logId: "" };
    let refuses = false;
    setTransport({ ...sample, rpc: (...asked) => (refuses ? Promise.reject(refusal) : sample.rpc(...asked)) });
    const client = createQueryClient();
    const wrapper = ({ children }: { children: ReactNode }): ReactNode => <QueryClientProvider client={client}>{children}</QueryClientProvider>;
    const { result } = renderHook(() => useRpc("home", null), { wrapper });
    await waitFor(() => expect(result.current.data).toBeDefined());
    refuses = true;
    await act(() => client.invalidateQueries());
    await waitFor(() => expect(result.current.error?.code).toBe("missing-rate"));
    expect(result.current.data).toBeUndefined();
    refuses = false;
    await act(() => client.invalidateQueries());
    await waitFor(() => expect(result.current.data).toBeDefined());
  });
});
