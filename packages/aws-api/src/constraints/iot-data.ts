import { constraintTable, oneOf, range, text } from '../constraint.ts'

/** Source: AWS IoT API Reference, AWS IoT Data Plane: "Length Constraints", "Pattern", "Valid Range", "Valid Values". */
export const IOT_DATA_CONSTRAINTS = constraintTable([
  [text(1, 128, '[a-zA-Z0-9:_-]+'), 'thingName'],
  [text(1, 64, '[$a-zA-Z0-9:_-]+'), 'shadowName'],
  [text(1, 128, '^[^$].*'), 'clientId'],
  [oneOf('PayloadFormatIndicator'), 'payloadFormatIndicator'],
  [range(0, 1), 'qos'],
  [range(1, 15), 'timeout'],
  [range(1, 100), 'pageSize'],
  [range(1, 200), 'maxResults'],
])
