import {
  CreateFunctionCommand,
  type CreateFunctionCommandInput,
  InvokeCommand,
  type InvokeCommandInput,
  LambdaClient,
  UpdateFunctionConfigurationCommand,
} from '@aws-sdk/client-lambda'
import type { Local } from '../../src/index.ts'
import { makeZip } from './zip.ts'

/** A role that nobody has defined may do everything here. */
export const FUNCTION_ROLE = 'arn:aws:iam::123456789012:role/functions-of-nobody-defined'

/** Functions by the official client. */
export class FunctionClient implements Disposable {
  readonly lambda: LambdaClient

  constructor({ sdk }: Pick<Local, 'sdk'>) {
    this.lambda = new LambdaClient(sdk)
  }

  /** @param files of its .zip file; a text is that of `index.mjs` */
  create(
    FunctionName: string,
    files: string | Readonly<Record<string, string>>,
    more: Partial<CreateFunctionCommandInput> = {},
  ) {
    return this.lambda.send(
      new CreateFunctionCommand({
        FunctionName,
        Runtime: 'nodejs22.x',
        Handler: 'index.handler',
        Role: FUNCTION_ROLE,
        Timeout: 30,
        Code: { ZipFile: zipOf(files) },
        ...more,
      }),
    )
  }

  /** Sets the variables of a function's environment. */
  configure(FunctionName: string, Variables: Record<string, string>) {
    return this.lambda.send(new UpdateFunctionConfigurationCommand({ FunctionName, Environment: { Variables } }))
  }

  /** With the answer as JSON and the log as text. */
  async invoke(FunctionName: string, event: unknown = {}, more: Partial<InvokeCommandInput> = {}) {
    const { Payload, LogResult, ...rest } = await this.lambda.send(
      new InvokeCommand({ FunctionName, Payload: JSON.stringify(event), ...more }),
    )
    const text = Buffer.from(Payload ?? []).toString()
    const answer: unknown = text === '' ? undefined : JSON.parse(text)
    return { answer, log: Buffer.from(LogResult ?? '', 'base64').toString(), ...rest }
  }

  [Symbol.dispose](): void {
    this.lambda.destroy()
  }
}

export const zipOf = (files: string | Readonly<Record<string, string>>): Buffer =>
  makeZip(typeof files === 'string' ? { 'index.mjs': files } : files)
