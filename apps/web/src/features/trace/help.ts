import { type PageHelp, shell } from '../../shared/help/help.ts'

const LINKS = [{ text: 'AWS IoT’s own log', file: 'local', heading: 'what-happened-aws-iots-own-log' }]

const TERMS = {
  'Trace id': 'AWS IoT gives it to a request and to all that follows from it.',
  Axis: 'The same moments by time: what led to what, and how long it took.',
}

export const traceHelp: PageHelp<{ readonly traceId: string }> = {
  title: 'A trace',
  about: 'All that the log has of one trace id: who published, who it was sent to, which rules acted, and what failed.',
  tasks: [{ what: 'See who got it', how: 'Choose **By client**: each with the outcome.' }],
  terms: TERMS,
  trouble: {
    'Nothing of this trace is in the log': 'Choose a longer time; it takes a few seconds until CloudWatch Logs has it.',
    'Deliveries are missing': 'They are logged at DEBUG. Debug the client for 15 minutes, and follow the next message.',
  },
  commands: ({ traceId }) => [
    {
      does: 'The same by hand',
      text: shell`aws logs filter-log-events --log-group-name AWSIotLogsV2 --filter-pattern ${`{ $.traceId = "${traceId}" }`}`,
    },
  ],
  links: LINKS,
}

export const messageTraceHelp: PageHelp = {
  title: 'Follow a message',
  about: 'Finds the trace of a message by its topic and the time that it was received.',
  tasks: [{ what: 'Follow one', how: 'Choose **Follow it** at a message of the live page, or at a log entry.' }],
  terms: TERMS,
  trouble: {
    'Several are shown':
      'Messages do not name their trace: all that were published on this topic around then are listed.',
  },
  links: LINKS,
}
