/**
 * Application of a Studio space.
 *
 * Applications of Studio Classic cannot be started any more.
 */
export enum StudioApplication {
  /** JupyterLab. */
  JUPYTER_LAB = 'JupyterLab',
  /** Code Editor, based on Code-OSS. */
  CODE_EDITOR = 'CodeEditor',
}
