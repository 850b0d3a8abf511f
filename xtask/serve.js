// Vite's development server for `cargo xtask serve`, which has found the port to be free and ends this
// program by closing its standard input.

import { fileURLToPath } from "node:url";
import { createServer } from "vite";

const [port, open] = process.argv.slice(2);
const server = await createServer({
  configFile: fileURLToPath(new URL("../vite.config.js", import.meta.url)),
  // By number: `localhost` may be ::1 alone, and a container forwards 127.0.0.1.
  server: { host: "127.0.0.1", port: Number(port), strictPort: true },
});
await server.listen();
console.log(`\nThe page is at http://localhost:${port}/ (Ctrl-C ends the server)`);
if (open) server.openBrowser();

process.stdin.resume().on("end", async () => {
  await server.close();
  process.exit();
});
