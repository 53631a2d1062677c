import { type PageHelp, shell } from '../../shared/help/help.ts'

const TERMS = {
  Stream: 'Files in S3 that devices fetch block by block over their MQTT connection.',
  Number: 'Devices know a file of the stream by its number alone.',
}

const TROUBLE = {
  'A device gets no blocks':
    'Its policy has to allow the topics of the stream. **Who fetches** shows what is refused, and why.',
  'A file is refused': 'It is larger than 24 MB, or the role may not read it, or it was replaced in S3.',
}

const LINKS = [{ text: 'Commands, packages and streams', file: 'local', heading: 'commands-packages-and-streams' }]

export const streamsHelp: PageHelp = {
  title: 'Streams',
  about: 'Files that devices fetch over the MQTT connection that they have, without HTTPS.',
  tasks: [{ what: 'Make one', how: 'Choose **Create stream**, with the role that may read the files.' }],
  terms: TERMS,
  trouble: { 'There are none': 'Devices that speak HTTPS fetch files by the presigned URLs of a job.', ...TROUBLE },
  commands: () => [{ does: 'List them', text: 'aws iot list-streams' }],
  links: LINKS,
}

export const streamHelp: PageHelp<{ readonly streamId: string }> = {
  title: 'A stream',
  about: 'Its files, its version, and where the requests of devices are seen.',
  tasks: [
    { what: 'Replace a file', how: 'Choose **New version**: AWS looks at the files anew.' },
    { what: 'See who fetches', how: 'Choose **Show who fetches**: the log by topic, and the topics to watch live.' },
  ],
  terms: TERMS,
  trouble: TROUBLE,
  commands: ({ streamId }) => [
    { does: 'What AWS has of it', text: shell`aws iot describe-stream --stream-id ${streamId}` },
  ],
  links: LINKS,
}

export const streamFormHelp: PageHelp = {
  title: 'Writing a stream',
  about: 'Files in S3, each with its number, and the role by which AWS IoT reads them.',
  tasks: [{ what: 'Add files', how: 'Give bucket and key. AWS looks at each when you save; up to 24 MB each.' }],
  terms: TERMS,
  trouble: TROUBLE,
  links: LINKS,
}
