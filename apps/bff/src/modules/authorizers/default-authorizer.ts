import {
  ClearDefaultAuthorizerCommand,
  DescribeAuthorizerCommand,
  DescribeDefaultAuthorizerCommand,
  type IoTClient,
  SetDefaultAuthorizerCommand,
} from '@aws-sdk/client-iot'
import type { DefaultAuthorizer } from '@thingdeck/contract'
import { unlessGone } from '../../aws/unless-gone.ts'
import { InTurn } from '../../in-turn.ts'
import { Problem } from '../../problem.ts'

/** The authorizer that is asked where neither client nor domain name one. Errors are AWS's own. */
export class AccountDefault {
  readonly #iot: IoTClient
  readonly #inTurn = new InTurn()

  constructor(iot: IoTClient) {
    this.#iot = iot
  }

  async describe(): Promise<DefaultAuthorizer> {
    const found = await unlessGone(this.#iot.send(new DescribeDefaultAuthorizerCommand({})))
    const authorizerName = found?.authorizerDescription?.authorizerName
    return authorizerName === undefined ? {} : { authorizerName }
  }

  /**
   * Sets it in one act, though AWS IoT refuses a second default one: the one before is cleared first, and set again
   * where the new one is refused.
   * @param expected the default one as the person saw it; undefined: there was none
   * @throws {Problem} DEFAULT_AUTHORIZER_CHANGED where there is another one by now
   */
  set(authorizerName: string, expected: string | undefined): Promise<void> {
    return this.#inTurn.do('default', () => this.#change(authorizerName, expected))
  }

  async #change(authorizerName: string, expected: string | undefined): Promise<void> {
    const { authorizerName: before } = await this.describe()
    if (before === authorizerName) return
    if (before !== expected) {
      const now = before === undefined ? 'there is none now' : `it is ${before} now`
      throw new Problem(
        'DEFAULT_AUTHORIZER_CHANGED',
        `The default authorizer was changed since it was looked at: ${now}.`,
      )
    }
    // What is refused for sure is refused before anybody is left without a default one.
    await this.#iot.send(new DescribeAuthorizerCommand({ authorizerName }))
    if (before === undefined) return this.#set(authorizerName)
    await this.#clear()
    try {
      await this.#set(authorizerName)
    } catch (error) {
      await this.#set(before)
      throw error
    }
  }

  clear(): Promise<void> {
    return this.#inTurn.do('default', () => this.#clear())
  }

  async #clear(): Promise<void> {
    await this.#iot.send(new ClearDefaultAuthorizerCommand({}))
  }

  async #set(authorizerName: string): Promise<void> {
    await this.#iot.send(new SetDefaultAuthorizerCommand({ authorizerName }))
  }
}
