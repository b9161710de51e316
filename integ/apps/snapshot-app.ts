import { App, cx_api as cxapi } from 'aws-cdk-lib';

/** An app of which every machine makes the same snapshot: nothing beside the templates says where it was synthesized. */
export class SnapshotApp extends App {
  constructor() {
    super({
      // After the context of the command line: the runner turns the collection on.
      postCliContext: {
        [cxapi.DISABLE_CREATION_STACK_TRACES]: true,
        [cxapi.DISABLE_METADATA_STACK_TRACE]: true,
        [cxapi.DISABLE_LOGICAL_ID_METADATA]: true,
        [cxapi.ENABLE_ADDITIONAL_METADATA_COLLECTION]: false,
      },
    });
  }
}
