import { expect, test } from 'vitest'
import { ENVIRONMENT, inputOf } from '../../test/run-sql.ts'
import { compileRule, diagnoseSql, type MqttProperties, stringifyValue } from '../index.ts'

function evaluate(expression: string, mqtt: MqttProperties | undefined): string {
  const rule = compileRule(`SELECT VALUE ${expression}`, { sqlVersion: '2016-03-23' })
  const outcome = rule.run(inputOf('{"key":"a"}', { mqtt }), ENVIRONMENT)
  return outcome.kind === 'result' ? stringifyValue(outcome.result) : outcome.kind
}

const SENT: MqttProperties = {
  payloadIsUtf8: true,
  contentType: 'application/json',
  responseTopic: 'answers/7',
  correlationData: new Uint8Array([1, 2, 255]),
  userProperties: [
    ['a', 'v1'],
    ['b', 'x'],
    ['a', 'v2'],
  ],
}

// Source: AWS IoT developer guide, "get_mqtt_property(name)" and "get_user_properties(userPropertyKey)"
test.each<readonly [string, MqttProperties | undefined, string]>([
  ["get_mqtt_property('format_indicator')", SENT, '"UTF8_DATA"'],
  ["get_mqtt_property('format_indicator')", {}, '"UNSPECIFIED_BYTES"'],
  ["get_mqtt_property('format_indicator')", undefined, '"UNSPECIFIED_BYTES"'],
  ["get_mqtt_property('content_type')", SENT, '"application/json"'],
  ["get_mqtt_property('content_type')", {}, ''],
  ["get_mqtt_property('response_topic')", SENT, '"answers/7"'],
  ["get_mqtt_property('correlation_data')", SENT, '"AQL/"'],
  ["get_mqtt_property('correlation_data')", undefined, ''],
  ["get_mqtt_property('message_expiry')", SENT, ''],
  ["get_mqtt_property('constructor')", SENT, ''],
  ['get_mqtt_property(1)', SENT, ''],
  ["get_user_properties('a')", SENT, '["v1","v2"]'],
  ['get_user_properties(key)', SENT, '["v1","v2"]'],
  ["get(get_user_properties('a'), 1)", SENT, '"v2"'],
  ["get_user_properties('c')", SENT, ''],
  ["get_user_properties('a')", undefined, ''],
  ['get_user_properties(missing)', SENT, ''],
  ['get_user_properties()', SENT, '[{"a":"v1"},{"b":"x"},{"a":"v2"}]'],
  ['get_user_properties()', {}, '[]'],
])('%s of %j is %s', (expression, mqtt, expected) => {
  expect(evaluate(expression, mqtt)).toBe(expected)
})

test('a name that is no property is warned of', () => {
  const { warnings } = diagnoseSql("SELECT get_mqtt_property('qos') AS x FROM 'a'", '2016-03-23')
  expect(warnings.map(({ message }) => message)).toEqual([
    'The properties that can be asked for are format_indicator, content_type, response_topic, correlation_data',
  ])
})
