import { Alarm, AlarmStatusWidget, Dashboard, LogQueryVisualizationType, LogQueryWidget } from 'aws-cdk-lib/aws-cloudwatch';
import { ILogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { SampleQuery } from './queries/all';

/** Columns of a dashboard. */
const WIDTH = 24;

/** All alarms at a glance, and behind them what people look at first. */
export function showControls(scope: Construct, alarms: Alarm[], logGroup: ILogGroup, queries: SampleQuery[]): Dashboard {
  const dashboard = new Dashboard(scope, 'Dashboard');
  if (alarms.length > 0) dashboard.addWidgets(new AlarmStatusWidget({ title: 'Must never happen', alarms, width: WIDTH, height: 4 }));
  for (const { name, lines } of queries) {
    dashboard.addWidgets(new LogQueryWidget({
      title: name, logGroupNames: [logGroup.logGroupName], queryLines: lines, view: LogQueryVisualizationType.TABLE, width: WIDTH, height: 6,
    }));
  }
  return dashboard;
}
