import { App, Validations } from 'aws-cdk-lib';
// @ts-ignore: installed where the check runs this
import { AwsSolutionsChecks, NIST80053R5Checks } from 'cdk-nag';
import { platform } from './platform';

// As the README of cdk-nag 3 says: a plugin, whose report stops the synthesis.
const app = new App({ outdir: process.argv[2], analyticsReporting: false });
platform(app);
Validations.of(app).addPlugins(new AwsSolutionsChecks(app), new NIST80053R5Checks(app));
app.synth();
