import { createInterface } from 'node:readline'
import { endpoints } from '@thingdeck/contract'
import type { AppParts } from './app.ts'
import type { OwnAccount } from './aws/own-account/open-own-account.ts'
import { SYSTEM_CLOCK } from './clock.ts'
import type { Config } from './config.ts'
import { awsSignIn } from './modules/session/aws-sign-in/aws-sign-in.ts'
import { OneTimeCodes } from './modules/session/aws-sign-in/one-time-codes.ts'

/** A console of one person, as the process around it needs it. */
export interface OwnConsole {
  readonly parts: Pick<AppParts, 'signIn'>
  /** What whoever started it is told, on standard output alone: `open` is the address that opens it, once. */
  ready(): { readonly open: string; readonly account: string; readonly region: string; readonly arn: string }
  /** Answers each line on standard input with a line that has a new `open`. */
  answerEnter(): void
}

export function makeOwnConsole(own: OwnAccount, { publicUrl, account, region }: Config): OwnConsole {
  const codes = new OneTimeCodes(SYSTEM_CLOCK)
  const open = () => {
    const address = new URL(endpoints.finishSignIn.path, publicUrl)
    address.searchParams.set('code', codes.make())
    return address.href
  }
  return {
    parts: { signIn: awsSignIn(own, codes) },
    ready: () => ({ open: open(), account, region, arn: own.identity.arn }),
    answerEnter: () => {
      createInterface({ input: process.stdin }).on('line', () => console.log(JSON.stringify({ open: open() })))
    },
  }
}
