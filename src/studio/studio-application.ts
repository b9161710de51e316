/** What people work with in a Studio space. Studio Classic's applications cannot be started any more. */
export enum StudioApplication {
  /** JupyterLab. */
  JUPYTER_LAB = 'JupyterLab',
  /** Code Editor, based on Code-OSS. */
  CODE_EDITOR = 'CodeEditor',
}
