/** Access that an environment has to objects of another owner. */
export enum DataAccess {
  /** List and read objects. */
  READ = 'read',
  /** List, read and write objects. */
  READ_WRITE = 'read-write',
}
