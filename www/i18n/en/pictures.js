/** Pictures as files; loaded after the first frame. */
export default {
  "pictures.save.boundary": "Save the decision boundary",
  "pictures.save.network": "Save the network",
  "pictures.save.schedule": "Save the schedule",
};
