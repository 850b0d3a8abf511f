/** The fields of how long training goes on by itself. None of them changes a number of the run. */
import { integer, number } from "./declare.js";

/** @import { Rest, Table } from "./declare.js" */

/** A condition that is off where it is null. @type {Rest} */
const condition = { effect: "view", optional: true };

export default /** @satisfies {Table} */ ({
  n_epochs: integer(10, 1, 1_000_000, { effect: "view" }),
  train_loss_below: number(null, 0, 1000, condition),
  test_loss_below: number(null, 0, 1000, condition),
  accuracy_from: number(null, 0, 1, { ...condition, percent: true }),
  test_accuracy_from: number(null, 0, 1, { ...condition, percent: true }),
  no_gain_for: integer(null, 1, 1_000_000, condition),
  until_epoch: integer(null, 1, 100_000_000, condition),
});
