// Checked by tsc, never run: what the files export is what the declarations promise, no less and no
// more.

import type * as declared from "../../npm/index.js";
import type * as declaredClient from "../../npm/client.js";
import type * as api from "../../npm/api.js";
import type * as node from "../../npm/node.js";
import type * as clientNode from "../../npm/client-node.js";

/** What both sides have in common is of one type; classes are compared by their instances below. */
type Functions<Module> = Omit<
  Module,
  "PlaygroundError" | "Trainer" | "Optimizer" | "TrainerClient"
>;
/** The members that a class gets where the engine knows them; TypeScript does not see those. */
type Disposable = typeof Symbol.dispose | typeof Symbol.asyncDispose;

declare const nodeFunctions: Functions<typeof node>;
export const functions: Functions<typeof declared> = nodeFunctions;

declare const trainer: InstanceType<typeof api.Trainer>;
export const declaredTrainer: Omit<declared.Trainer, Disposable> = trainer;

declare const optimizer: InstanceType<typeof api.Optimizer>;
export const declaredOptimizer: Omit<declared.Optimizer, Disposable> = optimizer;

declare const error: InstanceType<typeof api.PlaygroundError>;
export const declaredError: declared.PlaygroundError = error;

declare const client: InstanceType<typeof clientNode.TrainerClient>;
export const declaredClientInstance: Omit<declaredClient.TrainerClient, Disposable> = client;

/** A name that only one side knows makes these `never` something else. */
type Missing = Exclude<keyof typeof declared, keyof typeof node>;
type Undeclared = Exclude<keyof typeof node, keyof typeof declared>;
type UndeclaredMethods =
  | Exclude<keyof typeof trainer, keyof declared.Trainer>
  | Exclude<keyof typeof client, keyof declaredClient.TrainerClient>;
export const names: [Missing, Undeclared, UndeclaredMethods] extends [never, never, never]
  ? true
  : false = true;
