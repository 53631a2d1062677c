import type * as cognitoIdentity from '@aws-sdk/client-cognito-identity'
import * as iot from '@aws-sdk/client-iot'
import type * as iotData from '@aws-sdk/client-iot-data-plane'
import { expect, expectTypeOf, test } from 'vitest'
import { defineService, type Handlers, type Input, IOT, type OperationName, type Output } from './index.ts'

/** The compiler is what tests here: an expected error that does not occur is an error. */
test('inputs: what is required is there, bytes are bytes, JSON in a header is text', () => {
  type Create = Input<typeof iot, 'CreateThing'>
  expectTypeOf<Create['thingName']>().toEqualTypeOf<string>()
  expectTypeOf<Create['thingTypeName']>().toEqualTypeOf<string | undefined>()
  expectTypeOf<Input<typeof iot, 'CreateTopicRule'>['topicRulePayload']['sql']>().toEqualTypeOf<string>()
  type Publish = Input<typeof iotData, 'Publish'>
  expectTypeOf<Publish['payload']>().toEqualTypeOf<Uint8Array | undefined>()
  expectTypeOf<Publish['userProperties']>().toEqualTypeOf<string | undefined>()
  expectTypeOf<Input<typeof iotData, 'UpdateThingShadow'>['payload']>().toEqualTypeOf<Uint8Array>()
  expectTypeOf<Input<typeof cognitoIdentity, 'GetId'>['IdentityPoolId']>().toEqualTypeOf<string>()
})

test('outputs: what the client adds is not asked for', () => {
  expectTypeOf<{ readonly payload: Uint8Array }>().toExtend<Output<typeof iotData, 'UpdateThingShadow'>>()
  expectTypeOf<Record<never, never>>().toExtend<Output<typeof iot, 'DeletePolicy'>>()
  expectTypeOf<'$'>().not.toExtend<OperationName<typeof iot>>()
})

test('a table of handlers is checked', () => {
  const right: Handlers<typeof iot, string> = {
    DescribeThing: ({ thingName }, { caller }) => ({ thingName, thingTypeName: caller.toUpperCase() }),
    DeleteThing: async () => ({}),
  }
  const misspelt: Handlers<typeof iot, string> = {
    // @ts-expect-error: there is no such operation
    CreateThng: () => ({}),
  }
  const wrongOutput: Handlers<typeof iot, string> = {
    // @ts-expect-error: a version is a number
    DescribeThing: ({ thingName }) => ({ thingName, version: '1' }),
  }
  const wrongInput: Handlers<typeof iot, string> = {
    // @ts-expect-error: the member is called thingName
    DescribeThing: ({ name }) => ({ thingName: name }),
  }
  expect(Object.keys({ ...right, ...misspelt, ...wrongOutput, ...wrongInput })).toHaveLength(3)
  expect(defineService(iot, { ...IOT, handlers: right })).toMatchObject({ sdk: iot, signingNames: IOT.signingNames })
})
