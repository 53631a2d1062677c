/** One place of fauxqs that is changed as its module is loaded. */
export interface Edit {
  /** Below `dist`. */
  readonly file: string
  /** Stands there once or more often; each is replaced. */
  readonly from: string
  readonly to: string
  /** What is missed where it stands there no more. */
  readonly what: string
}

/** Whose everything is there, in several places. */
const NOBODY = '000000000000'
const LAST_KEY = '\n            ? objects[objects.length - 1].key'
/** How long it waits at its start for one before it to end. */
const OTHER_ENDS_MS = 30_000

/** What fauxqs does otherwise than AWS, or than a disk that is full allows, and cannot be told. */
export function fauxqsEdits(account: string): readonly Edit[] {
  return [
    { what: 'its account', file: 'common/types.js', from: NOBODY, to: account },
    { what: 'whose topics are', file: 'sns/actions/listSubscriptions.js', from: NOBODY, to: account },
    { what: 'whose a subscription is', file: 'sns/actions/getSubscriptionAttributes.js', from: NOBODY, to: account },
    { what: 'who sent a message', file: 'sqs/actions/receiveMessage.js', from: NOBODY, to: account },
    { what: 'whose buckets are', file: 's3/actions/listBuckets.js', from: NOBODY, to: account },
    {
      // Most have no prefix: the model's trait `awsQueryError`, of which errors that it does not have are named by themselves.
      what: 'what its errors are called',
      file: 'common/errors.js',
      from: '`AWS.SimpleQueueService.${this.queryCode};',
      to: '`${/^(Invalid(Attribute|Message|Parameter)|Missing|Queue)/.test(this.queryCode) ? "" : "AWS.SimpleQueueService."}${this.queryCode.replace("QueueNameExists", "QueueAlreadyExists")};',
    },
    {
      // Which attributes are wanted is said: Amazon SQS API Reference, "GetQueueAttributes".
      what: 'what is told of a queue that nothing is asked of',
      file: 'sqs/actions/getQueueAttributes.js',
      from: 'body.AttributeNames ?? ["All"]',
      to: 'body.AttributeNames ?? []',
    },
    // Pages are sorted as people read and go on by code, so that what stood between was on none of them. "Objects are
    // returned sorted in an ascending order of the respective key names": Amazon S3 API Reference, "ListObjectsV2".
    {
      what: 'the order of keys',
      file: 's3/s3Store.js',
      from: 'a.key.localeCompare(b.key)',
      to: 'a.key < b.key ? -1 : 1',
    },
    {
      what: 'the order of queues',
      file: 'sqs/sqsStore.js',
      from: 'a.name.localeCompare(b.name)',
      to: 'a.name < b.name ? -1 : 1',
    },
    {
      what: 'the order of topics',
      file: 'sns/snsStore.js',
      from: 'a.arn.localeCompare(b.arn)',
      to: 'a.arn < b.arn ? -1 : 1',
    },
    {
      // It goes on after the last key, and gives the prefixes behind that twice.
      what: 'where the next page of keys begins',
      file: 's3/actions/listObjects.js',
      from: `objects.length > 0${LAST_KEY}`,
      to: `objects.length > 0 && !(commonPrefixes.at(-1) > objects.at(-1).key)${LAST_KEY}`,
    },
    {
      // It goes on to the next group after one message. "SQS first attempts to return as many messages with the same
      // message group ID as possible": SQS developer guide, "FIFO queue delivery logic".
      what: 'how many messages of a group are received at once',
      file: 'sqs/sqsStore.js',
      from: '(this.fifoLockedGroups.get(groupId) ?? 0) + 1);\n                break;',
      to: '(this.fifoLockedGroups.get(groupId) ?? 0) + 1);',
    },
    {
      // What is visible again comes first there, so that the first of several came last.
      what: 'the order of messages that are visible again',
      file: 'sqs/sqsStore.js',
      from: 'group.unshift(entry.message);',
      to: 'group.unshift(entry.message); group.sort((a, b) => Number(a.sequenceNumber) - Number(b.sequenceNumber));',
    },
    {
      // SQLite keeps a file for other processes, too, unless there are none: on a full disk it cannot be made, and nothing
      // be read. One before this, whose server was killed, may be about to end.
      what: 'how its file is opened',
      file: 'persistence.js',
      from: 'PRAGMA journal_mode = WAL',
      to: `PRAGMA busy_timeout = ${OTHER_ENDS_MS}; PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL`,
    },
    {
      // What is visible again is found out anew at each start; on a full disk there would be none.
      what: 'what it writes of messages that are visible again',
      file: 'persistence.js',
      from: 'this.stmts.updateMessageInflight.run(null, null, row.approximate_receive_count, row.approximate_first_receive_timestamp, row.message_id);',
      to: '',
    },
  ]
}

/**
 * The source of a module after an edit.
 * @throws {Error} where the place is not there any more: an update cannot silently bring back what was changed
 */
export function edited(source: string, { from, to, what }: Edit): string {
  if (!source.includes(from)) throw new Error(`fauxqs has ${what} elsewhere`)
  return source.replaceAll(from, () => to)
}
