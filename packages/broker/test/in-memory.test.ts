import { mqttSuite } from './mqtt-suite.ts'
import { TestBroker } from './test-broker.ts'

mqttSuite('MQTT in memory', () => {
  const test = new TestBroker()
  return {
    open: () => test.openStream(),
    advance: (ms) => test.clock.advance(ms),
    close: () => test[Symbol.asyncDispose](),
  }
})
