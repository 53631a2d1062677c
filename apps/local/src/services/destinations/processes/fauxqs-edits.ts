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

/** How long it waits at its start for one before it to end. */
const OTHER_ENDS_MS = 30_000

/** What fauxqs does otherwise than AWS, or than a disk that is full allows, and cannot be told. */
export function fauxqsEdits(account: string): readonly Edit[] {
  return [
    {
      what: 'its account',
      file: 'common/types.js',
      from: 'DEFAULT_ACCOUNT_ID = "000000000000"',
      to: `DEFAULT_ACCOUNT_ID = "${account}"`,
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
