import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

/** A chunk for each big library, so that a release that changes only our words leaves the rest in the browser's cache. */
const libraries = [
  { name: "react", test: /node_modules[\\/](react|react-dom|scheduler)[\\/]/ },
  { name: "antd", test: /node_modules[\\/](antd|@ant-design|@rc-component|dayjs)[\\/]/ },
];

export default defineConfig({
  root: "src-renderer",
  // Relative, because Electron opens the page over a scheme of its own and the web shell from an address.
  base: "./",
  plugins: [react()],
  build: {
    outDir: "../out/renderer",
    emptyOutDir: true,
    target: "chrome140",
    chunkSizeWarningLimit: 2000,
    rolldownOptions: { output: { codeSplitting: { groups: libraries } } },
  },
});
