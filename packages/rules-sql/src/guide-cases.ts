/**
 * Examples of the AWS IoT developer guide, by its pages; where one is at odds with itself, the text beside it says so. Rows
 * are statement, payload and what comes of it, with a clock that stands at 1700000000000.
 */
export const GUIDE_CASES: readonly (readonly [sql: string, payload: string, expected: string])[] = [
  // SELECT clause
  ["SELECT * FROM 'topic/subtopic'", '{"color":"red", "temperature":50}', '{"color":"red","temperature":50}'],
  ["SELECT color FROM 'topic/subtopic'", '{"color":"red", "temperature":50}', '{"color":"red"}'],
  ["SELECT color AS my_color FROM 'topic/subtopic'", '{"color":"red", "temperature":50}', '{"my_color":"red"}'],
  [
    "SELECT color as my_color, temperature as fahrenheit FROM 'topic/subtopic'",
    '{"color":"red", "temperature":50}',
    '{"my_color":"red","fahrenheit":50}',
  ],
  [
    "SELECT *, 15 as speed FROM 'topic/subtopic'",
    '{"color":"red", "temperature":50}',
    '{"color":"red","temperature":50,"speed":15}',
  ],
  ["SELECT VALUE color FROM 'topic/subtopic'", '{"color":"red", "temperature":50}', '"red"'],
  [
    "SELECT color.red as red_value FROM 'topic/subtopic'",
    '{"color":{"red":255,"green":0,"blue":0}, "temperature":50}',
    '{"red_value":255}',
  ],
  [
    "SELECT (temperature - 32) * 5 / 9 AS celsius, upper(color) as my_color FROM 'topic/subtopic'",
    '{"color":"red", "temperature":50}',
    '{"celsius":10,"my_color":"RED"}',
  ],
  // WHERE clause
  [
    "SELECT color AS my_color FROM 'topic/subtopic' WHERE temperature > 50 AND color <> 'red'",
    '{"color":"red", "temperature":40}',
    'no match',
  ],
  [
    "SELECT decode(encode(*, 'base64'), 'base64') AS value FROM 'topic/subtopic' WHERE decode(encode(*, 'base64'), 'base64') > 50",
    '80',
    '{"value":80}',
  ],
  // Data types
  ["SELECT NULL AS n FROM 'topic/subtopic'", '{}', '{"n":null}'],
  ["SELECT foo, bar FROM 'topic/subtopic'", '{"foo": null}', '{"foo":null}'],
  ["SELECT abs('-5.123') AS x FROM 'topic/subtopic'", '{}', '{"x":5.123}'],
  // JSON extensions
  [
    "SELECT foo.bar AS bar.baz FROM 'topic/subtopic'",
    '{"foo":{"bar":"RED","bar1":"GREEN","bar2":"BLUE"}}',
    '{"bar":{"baz":"RED"}}',
  ],
  [
    `SELECT * from 'iot/rules' WHERE get(get(get(mydata,"item2"),"0"),"my-key") = "myValue"`,
    '{"mydata":{"item2":{"0":{"my-key":"myValue"}}}}',
    '{"mydata":{"item2":{"0":{"my-key":"myValue"}}}}',
  ],
  // Nested object queries
  [
    "SELECT (SELECT VALUE n FROM e) as sensors FROM 'my/topic'",
    sensors(),
    '{"sensors":["temperature","light","acidity"]}',
  ],
  [
    "SELECT (SELECT v FROM e WHERE n = 'temperature') as temperature FROM 'my/topic'",
    sensors(),
    '{"temperature":[{"v":22.5}]}',
  ],
  [
    "SELECT get((SELECT v FROM e WHERE n = 'temperature'), 0).v as temperature FROM 'topic'",
    sensors(),
    '{"temperature":22.5}',
  ],
  // Literals
  [
    "SELECT {'latitude': get(lat_long, 0),'longitude':get(lat_long, 1)} as lat_long FROM 'topic/subtopic'",
    '{"lat_long": [47.606,-122.332]}',
    '{"lat_long":{"latitude":47.606,"longitude":-122.332}}',
  ],
  // The guide has another latitude in its result than in its message.
  [
    "SELECT [lat,long] as lat_long FROM 'topic/subtopic'",
    '{"lat": 47.696, "long": -122.332}',
    '{"lat_long":[47.696,-122.332]}',
  ],
  // Case statements
  [
    "SELECT CASE color WHEN 'green' THEN 'go' WHEN 'yellow' THEN 'caution' WHEN 'red' THEN 'stop' " +
      "ELSE 'you are not at a stop light' END as instructions FROM 'topic/subtopic'",
    '{"color":"yellow"}',
    '{"instructions":"caution"}',
  ],
  // SQL versions
  ["SELECT VALUE arr FROM 'topic'", '{"a": {"b":"c"}, "arr":[1,2,3,4]}', '[1,2,3,4]'],
  // Substitution templates
  [
    "SELECT *, timestamp() AS timestamp FROM 'my/iot/topic'",
    '{"deviceid": "iot123", "temp": 54.98, "coords": {"latitude": 47.615694, "longitude": -122.3359976}}',
    '{"deviceid":"iot123","temp":54.98,"coords":{"latitude":47.615694,"longitude":-122.3359976},"timestamp":1700000000000}',
  ],
  // Working with binary payloads
  [
    "SELECT encode(*, 'base64') AS data, timestamp() AS ts FROM 'topic/subtopic'",
    'raw',
    '{"data":"cmF3","ts":1700000000000}',
  ],
  ["SELECT * FROM 'topic/subtopic' WHERE timestamp() % 12 = 0", '{"a":1}', 'no match'],
  [
    "SELECT * FROM 'topic/subtopic' WHERE device_type = 'thermostat'",
    '{"device_type":"thermostat"}',
    '{"device_type":"thermostat"}',
  ],
  ["SELECT decode(encode(*, 'base64'), 'base64') AS payload FROM 'topic'", '"text"', '{"payload":"text"}'],
  // A tutorial, with a comma too many
  [
    "SELECT temperature, humidity, barometer,\n  wind.velocity as wind_velocity,\n  wind.bearing as wind_bearing,\nFROM 'device/+/data'",
    '{"temperature":28,"humidity":80,"barometer":1013,"wind":{"velocity":22,"bearing":255}}',
    '{"temperature":28,"humidity":80,"barometer":1013,"wind_velocity":22,"wind_bearing":255}',
  ],
]

function sensors(): string {
  return (
    '{"e": [{ "n": "temperature", "u": "Cel", "t": 1234, "v": 22.5 }, { "n": "light", "u": "lm", "t": 1235, "v": 135 }, ' +
    '{ "n": "acidity", "u": "pH", "t": 1235, "v": 7 }]}'
  )
}
