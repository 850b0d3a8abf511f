// What the type check cannot find: packages that only the benchmark installs, and Vite's addresses.

declare module "@tensorflow/tfjs-core";
declare module "@tensorflow/tfjs-core/dist/register_all_gradients";
declare module "@tensorflow/tfjs-backend-wasm";
declare module "*?url" {
  const address: string;
  export default address;
}

/** hosts.js puts it there. */
declare function processorTime(): Promise<number>;
/** host-page.js puts it there. */
declare function measure(request: { peak: number[] }): Promise<any>;
