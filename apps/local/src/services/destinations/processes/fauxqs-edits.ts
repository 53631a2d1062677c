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

/** What differs from AWS in fauxqs and cannot be told to it. */
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
