import { type PageHelp, shell } from '../../shared/help/help.ts'

const TERMS = {
  Execution:
    'The job on one device: queued, in progress, then succeeded, failed, timed out, rejected, removed or canceled.',
  Continuous: 'Things that join the group later are given the job, too.',
  Pace: 'How many devices are told per minute, at a fixed or a growing pace.',
  'What stops it': 'Once this share of the devices has failed, AWS cancels the job by itself.',
}

const TROUBLE = {
  'A device does not begin':
    'It is stuck: another job goes first, it is not connected, or it is not subscribed to `notify-next`. The job’s page says which.',
  'You may not create jobs': 'That takes the role operator.',
}

const LINKS = [{ text: 'What the embedded server has of jobs', file: 'local', heading: 'operations' }]

export const jobsHelp: PageHelp = {
  title: 'Jobs',
  about: 'What each of many devices is to do once, such as an update, and how far each of them is.',
  tasks: [
    {
      what: 'Roll something out',
      how: 'Choose **Create job**: the page draws the rollout and sums it up before anything begins.',
    },
    { what: 'See how one goes', how: 'Open it: progress beside the plan, and stuck devices first, with the reason.' },
  ],
  terms: TERMS,
  trouble: { 'There are none': 'The first one is made with **Create job**.', ...TROUBLE },
  commands: () => [{ does: 'Those in progress', text: 'aws iot list-jobs --status IN_PROGRESS' }],
  links: LINKS,
}

export const jobHelp: PageHelp<{ readonly jobId: string }> = {
  title: 'A job',
  about: 'How far it is, how fast it goes compared with the plan, and what happened on each device.',
  tasks: [
    { what: 'Find what is stuck', how: 'The list of executions has stuck devices first, with the reason.' },
    {
      what: 'Stop it',
      how: 'Choose **Cancel job**. With force, devices in the middle of it are told nothing more: the dialog says what that does.',
    },
    { what: 'Try again', how: 'Prepare a job for those that failed: it is like this one, for what is left.' },
  ],
  terms: TERMS,
  trouble: {
    'It does not show progress by itself': 'Turn the events of jobs on: without them the page asks now and then.',
    ...TROUBLE,
  },
  commands: ({ jobId }) => [
    { does: 'How far it is', text: shell`aws iot describe-job --job-id ${jobId}` },
    { does: 'Those that failed', text: shell`aws iot list-job-executions-for-job --job-id ${jobId} --status FAILED` },
    { does: 'Cancel it', text: shell`aws iot cancel-job --job-id ${jobId}` },
  ],
  links: LINKS,
}

export const createJobHelp: PageHelp = {
  title: 'Creating a job',
  about: 'In four steps: which devices, what they are to do, how fast, and what stops it.',
  tasks: [
    {
      what: 'Roll out with care',
      how: [
        'Choose the things: by name, groups, or what a query finds.',
        'Write the document, or take a template or a file in S3. Type `$` for what AWS puts in for each device.',
        'Begin slowly and let it grow with success.',
        'Say after how many failures it stops by itself.',
      ],
    },
  ],
  terms: TERMS,
  trouble: {
    'A change afterwards': 'Pace, time-out and what stops it can be changed later; the document and the things cannot.',
    'Presigned URLs do not work': 'They need a role that AWS IoT may assume and that may read the object.',
  },
  commands: () => [
    {
      does: 'The same by hand',
      text: 'aws iot create-job --job-id JOB --targets THING_ARN --document file://document.json',
    },
  ],
  links: LINKS,
}

export const editJobHelp: PageHelp<{ readonly jobId: string }> = {
  title: 'Changing a job',
  about:
    'Pace, time-out and what stops it, of a job that goes on. The page says what that means for devices under way.',
  tasks: [
    { what: 'Slow it down', how: 'Lower the devices a minute: it holds for devices that have not been told yet.' },
  ],
  terms: TERMS,
  trouble: { 'Somebody has changed the job meanwhile': 'Look at what they changed, then save again.' },
  commands: ({ jobId }) => [
    {
      does: 'The same by hand',
      text: shell`aws iot update-job --job-id ${jobId} --timeout-config inProgressTimeoutInMinutes=60`,
    },
  ],
  links: LINKS,
}

export const jobTemplatesHelp: PageHelp = {
  title: 'Job templates',
  about: 'Jobs that went well, kept with their document, pace and limits, and the templates that AWS provides.',
  tasks: [
    { what: 'Keep one', how: 'Open a job and choose **Keep as template**.' },
    { what: 'Use one', how: 'Select it and choose **Create job of it**.' },
  ],
  terms: TERMS,
  trouble: { 'There are none': 'A job that went well can be kept as a template, on its page.' },
  commands: () => [
    { does: 'List them', text: 'aws iot list-job-templates' },
    { does: 'Those of AWS', text: 'aws iot list-managed-job-templates' },
  ],
  links: LINKS,
}
