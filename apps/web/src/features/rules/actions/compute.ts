import { type ActionDescription, textAt } from './action-description.ts'
import { optionalTemplate, ROLE, template } from './fields.ts'
import { lastPart } from './last-part.ts'

/** Actions that run something. */

/** @see AWS IoT developer guide, "Lambda" */
export const LAMBDA: ActionDescription<'lambda'> = {
  name: 'lambda',
  title: 'Lambda',
  does: 'Calls a function with the message, and does not wait for it.',
  icon: 'script',
  words: (settings) => {
    const [, name] = /:function:(.+)$/.exec(textAt(settings, 'functionArn')) ?? []
    return `calls ${name ?? (textAt(settings, 'functionArn') || 'a function')}`
  },
  fields: [
    template('functionArn', 'Function ARN', {
      targets: 'function',
      placeholder: 'arn:aws:lambda:eu-central-1:123456789012:function:on-alarm',
      pattern: /^arn:aws[a-z-]*:lambda:[^:]+:\d{12}:function:[\w-]+(?::[\w$-]+)?$/,
      patternWords:
        'The ARN of a function, arn:aws:lambda:REGION:ACCOUNT:function:NAME; behind it a version or an alias.',
      help: 'It needs no role: the function itself has to let AWS IoT call it, which is said below Role.',
    }),
  ],
}

/** @see AWS IoT developer guide, "Step Functions" */
export const STEP_FUNCTIONS: ActionDescription<'stepFunctions'> = {
  name: 'stepFunctions',
  title: 'Step Functions',
  does: 'Starts a state machine with the message.',
  icon: 'caret-right-filled',
  words: (settings) => `starts ${lastPart(textAt(settings, 'stateMachineName'), 'a state machine')}`,
  fields: [
    template('stateMachineName', 'State machine', {
      targets: 'state-machine',
      placeholder: 'on-alarm',
      help: 'Its name, not its ARN.',
    }),
    optionalTemplate('executionNamePrefix', 'Prefix of executions', {
      help: 'Executions are named so, with a UUID behind it.',
      placeholder: 'pump-',
    }),
    ROLE,
  ],
}
