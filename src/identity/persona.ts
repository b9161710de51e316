/** Persona of a user in an environment, which decides on the user's role. */
export enum Persona {
  /** Works in Studio: trains, runs pipelines, registers models. */
  DATA_SCIENTIST = 'data-scientist',
  /** Works in Studio and prepares data. */
  ML_ENGINEER = 'ml-engineer',
  /** Runs the team's Studio and approves models for the stages before the last. */
  TEAM_ADMINISTRATOR = 'team-administrator',
  /** Runs environments and approves models for the last stage, production. */
  DATA_SCIENCE_ADMINISTRATOR = 'data-science-administrator',
}
