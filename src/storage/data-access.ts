/** What may be done with data that is not the environment's. */
export enum DataAccess {
  /** Find and read objects. */
  READ = 'read',
  /** Find, read and write objects. */
  READ_WRITE = 'read-write',
}
