import type { PageHelp } from '../../shared/help/help.ts'

export const metricsHelp: PageHelp = {
  title: 'Metrics',
  about:
    'What AWS IoT counts in CloudWatch, namespace `AWS/IoT`, as charts, tables and CSV, with the alarms that watch it.',
  tasks: [
    { what: 'Look at a subject', how: 'Choose it at the top: connections, messages, rules, jobs, alarms and others.' },
    { what: 'Compare', how: 'Choose a comparison with the day or the week before.' },
    { what: 'Take the figures along', how: 'Switch a chart to its table, or save it as CSV.' },
  ],
  terms: {
    Period: 'What one point stands for: a minute at the shortest.',
    Alarm: 'Made in CloudWatch; it watches a metric and says OK, ALARM or that data is missing.',
  },
  trouble: {
    'A chart is empty': 'A metric exists only after its first data point: nothing of it was counted in this time.',
    'No alarm watches AWS IoT': 'Make one in CloudWatch on a metric of `AWS/IoT`.',
  },
  commands: () => [
    { does: 'Which metrics there are', text: 'aws cloudwatch list-metrics --namespace AWS/IoT' },
    { does: 'Alarms that ring', text: 'aws cloudwatch describe-alarms --state-value ALARM' },
  ],
  links: [{ text: 'Figures of the embedded server', file: 'local', heading: 'figures' }],
}
