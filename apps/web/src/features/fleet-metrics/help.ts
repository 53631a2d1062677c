import { type PageHelp, shell } from '../../shared/help/help.ts'

const TERMS = {
  Aggregation: 'What is computed of the things that the query finds: a count, statistics, percentiles of a field.',
  Query: 'In the syntax of fleet indexing: `thingTypeName:pump AND shadow.reported.temperature>40`.',
}

const TROUBLE = {
  'Values are missing': 'The fleet index has to be on, and the field has to be indexed.',
  'You may not create one': 'That takes the role admin.',
}

const LINKS = [{ text: 'What the embedded server has of it', file: 'local', heading: 'operations' }]

export const fleetMetricsHelp: PageHelp = {
  title: 'Fleet metrics',
  about:
    'Searches of the fleet index that AWS repeats and puts into CloudWatch, where they can be charted and watched.',
  tasks: [
    { what: 'Make one', how: 'Choose **Create fleet metric**: the page shows what it would say now.' },
    {
      what: 'Be told when it is too high',
      how: 'Make an alarm in CloudWatch on its metric, namespace **IoTFleetMetrics**.',
    },
  ],
  terms: TERMS,
  trouble: { 'There are none': 'Begin with a count of things that are not connected.', ...TROUBLE },
  commands: () => [{ does: 'List them', text: 'aws iot list-fleet-metrics' }],
  links: LINKS,
}

export const fleetMetricHelp: PageHelp<{ readonly metricName: string }> = {
  title: 'A fleet metric',
  about: 'What it computes, of which things, how often, and its values as a chart.',
  tasks: [{ what: 'Change it', how: 'Choose **Edit**. A version tells whether somebody else changed it meanwhile.' }],
  terms: TERMS,
  trouble: { 'The chart is empty': 'CloudWatch has the first value after the period has passed once.', ...TROUBLE },
  commands: ({ metricName }) => [
    { does: 'What AWS has of it', text: shell`aws iot describe-fleet-metric --metric-name ${metricName}` },
  ],
  links: LINKS,
}

export const fleetMetricFormHelp: PageHelp = {
  title: 'Writing a fleet metric',
  about: 'A query, a field and how often they are computed.',
  tasks: [
    {
      what: 'Say what it counts',
      how: 'Write the query first: the preview shows how many things it finds, and what the metric would say.',
    },
  ],
  terms: TERMS,
  trouble: TROUBLE,
  commands: () => [
    {
      does: 'The preview by hand',
      text: "aws iot get-statistics --query-string 'connectivity.connected:false' --aggregation-field registry.version",
    },
  ],
  links: LINKS,
}
