import { MutationCache, QueryCache, QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { App } from "./app.tsx";
import { AppearanceRoot } from "./appearance/appearance-root.tsx";
import { queries, refusalOf } from "./client.ts";
import { IntlRoot } from "./intl/intl-root.tsx";
import "../ui/tokens.css";

/** Whoever is answered "not signed in" sees the sign-in screen; what was typed stays on their desk. */
const onError = (error: unknown): void => {
  if (refusalOf(error)?.code === "NOT_SIGNED_IN") client.setQueryData(queries.session.current.queryKey(), null);
};

const client = new QueryClient({
  queryCache: new QueryCache({ onError }),
  mutationCache: new MutationCache({ onError }),
  defaultOptions: {
    // The station is on this computer: whether the browser thinks it is online does not matter, and a refusal is an answer.
    queries: { networkMode: "always", retry: false, refetchOnWindowFocus: false, staleTime: 30_000 },
    mutations: { networkMode: "always", retry: false },
  },
});

const root = document.getElementById("root");
if (!root) throw new Error("index.html has no #root");
createRoot(root).render(
  <StrictMode>
    <QueryClientProvider client={client}>
      <AppearanceRoot>
        <IntlRoot>
          <App />
        </IntlRoot>
      </AppearanceRoot>
    </QueryClientProvider>
  </StrictMode>,
);
