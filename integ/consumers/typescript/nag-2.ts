import { App, Aspects } from 'aws-cdk-lib';
// @ts-ignore: installed where the check runs this, as version 2
import { AwsSolutionsChecks, NIST80053R5Checks } from 'cdk-nag';
import { platform } from './platform';

// As the README of cdk-nag 2 says: an aspect, whose errors stop a deployment.
const app = new App({ outdir: process.argv[2], analyticsReporting: false });
platform(app);
Aspects.of(app).add(new AwsSolutionsChecks());
Aspects.of(app).add(new NIST80053R5Checks());
const errors = app.synth().stacks.flatMap(({ messages }) => messages).filter(({ level }) => level === 'error');
if (errors.length > 0) throw new Error(errors.map(({ id, entry }) => `${id}: ${String(entry.data)}`).join('\n'));
