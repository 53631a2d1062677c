import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { testByType, U } from '../../../test/by-type.ts'
import { evaluateSql } from '../../../test/run-sql.ts'
import { diagnoseSql } from '../../index.ts'

const quote = (text: string): string => `"${text}"`

function format(pattern: string, epochMs: number, zone?: string): string {
  const payload = JSON.stringify({ pattern, zone })
  return evaluateSql(
    zone === undefined ? `parse_time(pattern, ${epochMs})` : `parse_time(pattern, ${epochMs}, zone)`,
    payload,
  )
}

function parse(text: string, pattern: string): string {
  return evaluateSql('time_to_epoch(text, pattern)', JSON.stringify({ text, pattern }))
}

describe('parse_time by type of argument', () => {
  const year = '"1970"'
  testByType([
    // ["a",1] is a pattern: a is AM or PM
    ["parse_time(?, 0, 'UTC')", '"2"', '"-0.25"', U, '"0.5"', U, '"[\\"AM\\",1]"', U, U, U],
    ["parse_time('yyyy', ?, 'UTC')", year, '"1969"', U, year, U, U, U, U, U],
    ["parse_time('yyyy', 0, ?)", U, U, U, U, U, U, U, U, U],
  ])
})

describe('parse_time formats as Joda-Time does', () => {
  test.each<readonly [pattern: string, epochMs: number, zone: string, expected: string]>([
    // AWS IoT developer guide, "parse_time(String, Long[, String])"
    ["yyyy.MM.dd G 'at' HH:mm:ss z", 100_000_000, 'America/Belize', '1970.01.01 AD at 21:46:40 CST'],
    ['yyyy', 1_481_825_251_155, 'UTC', '2016'],
    // org.joda.time.format.DateTimeFormat, its examples and letters
    ["EEE, MMM d, ''yy", 994_338_536_789, 'America/Los_Angeles', "Thu, Jul 5, '01"],
    ['h:mm a', 994_338_536_789, 'America/Los_Angeles', '6:08 AM'],
    ["hh 'o''clock' a, zzzz", 994_338_536_789, 'America/Los_Angeles', "06 o'clock AM, Pacific Daylight Time"],
    ['K:mm a, z', 994_338_536_789, 'America/Los_Angeles', '6:08 AM, PDT'],
    ['yyyyy.MMMMM.dd GGG hh:mm aaa', 994_338_536_789, 'America/Los_Angeles', '02001.July.05 AD 06:08 AM'],
    ['EEEE, d MMMM', 994_338_536_789, 'UTC', 'Thursday, 5 July'],
    ["YYYY-'W'ww-e", 1_609_459_200_000, 'UTC', '2021-W53-5'],
    ['xxxx xx x w', 1_609_459_200_000, 'UTC', '2020 20 2020 53'],
    ['C Y D DDD', 1_609_459_200_000, 'UTC', '20 2021 1 001'],
    ['H k K h', 0, 'UTC', '0 24 0 12'],
    ['H k K h', 43_200_000, 'UTC', '12 12 0 12'],
    ['S SS SSS SSSSSS', 592, 'UTC', '5 59 592 592000'],
    ['Z ZZ ZZZ', 0, 'Asia/Kolkata', '+0530 +05:30 Asia/Kolkata'],
    ['Z z', 0, 'UTC', '+0000 UTC'],
    ['HH:mm ZZ z', 0, '-08:00', '16:00 -08:00 -08:00'],
    ['ZZ z ZZZ', 0, '+00:00', '+00:00 UTC UTC'],
    ['ZZ z ZZZ', 0, 'Etc/GMT', '+00:00 GMT Etc/GMT'],
    ['z', 1_785_000_000_000, 'Europe/Berlin', 'CEST'],
    ['z', 1_767_225_600_000, 'Europe/Berlin', 'CET'],
    ['z', 1_785_000_000_000, 'Asia/Tokyo', 'JST'],
    ['z', 1_785_000_000_000, 'Australia/Sydney', 'AEST'],
    ['z', 1_767_225_600_000, 'Australia/Sydney', 'AEDT'],
    ['yyyy Y G', -99_000_000_000_000, 'UTC', '-1168 1169 BC'],
    ["yyyy'T", 0, 'UTC', '1970T'],
    ['[yyyy] {#}', 0, 'UTC', '[1970] {#}'],
  ])('%s of %d in %s is %s', (pattern, epochMs, zone, expected) => {
    expect(format(pattern, epochMs, zone)).toBe(quote(expected))
  })

  test('in UTC where no zone is named', () => {
    expect(format("yyyy-MM-dd'T'HH:mm:ss.SSSZZ", 1_481_825_251_155)).toBe('"2016-12-15T18:07:31.155+00:00"')
  })

  test.each([
    ['yyyyT', 0, 'UTC', 'T is no field'],
    ['', 0, 'UTC', 'no pattern'],
    ['yyyy', 0, 'Mars/Olympus', 'no zone'],
    ['yyyy', 0, 'europe/berlin', 'zones are written as they are'],
    ['yyyy', 9e15, 'UTC', 'beyond all dates'],
  ])('%s of %d in %s is Undefined: %s', (pattern, epochMs, zone) => {
    expect(format(pattern, epochMs, zone)).toBe(U)
  })
})

describe('time_to_epoch by type of argument', () => {
  testByType([
    ["time_to_epoch(?, 'yyyy')", U, U, U, U, U, U, U, U, U],
    ["time_to_epoch('2020', ?)", U, U, U, U, U, U, U, U, U],
  ])
})

describe('time_to_epoch reads as java.time does', () => {
  test.each([
    // AWS IoT developer guide, "time_to_epoch(String, String)"
    ['2020-04-03 09:45:18 UTC+01:00', 'yyyy-MM-dd HH:mm:ss VV', '1585903518000'],
    ['18 December 2015', 'dd MMMM yyyy', '1450396800000'],
    ['2007-12-03 10:15:30.592 America/Los_Angeles', 'yyyy-MM-dd HH:mm:ss.SSS z', '1196705730592'],
    // what OpenJDK 17 makes of the same
    ['20151218101530', 'yyyyMMddHHmmss', '1450433730000'],
    ['20151218101530592', 'yyyyMMddHHmmssSSS', '1450433730592'],
    ['2015-12-18T10:15:30+01:00', "yyyy-MM-dd'T'HH:mm:ssXXX", '1450430130000'],
    ['2015-12-18T10:15:30Z', "yyyy-MM-dd'T'HH:mm:ssX", '1450433730000'],
    ['2015-12-18T10:15:30-0830', "yyyy-MM-dd'T'HH:mm:ssX", '1450464330000'],
    ['2015-12-18T10:15', "yyyy-MM-dd'T'HH:mm[:ss][.SSS]", '1450433700000'],
    ['2015-12-18T10:15:30.592', "yyyy-MM-dd'T'HH:mm[:ss][.SSS]", '1450433730592'],
    ['18/12/15 3:05 PM', 'd/M/yy h:mm a', '1450451100000'],
    ['Fri, 18 Dec 2015 10:15:30 +0000', 'EEE, d MMM yyyy HH:mm:ss Z', '1450433730000'],
    ['Friday 18 December 2015', 'EEEE d MMMM uuuu', '1450396800000'],
    ['2015-352', 'yyyy-DDD', '1450396800000'],
    ['2015-12-18 10:15 GMT+8', 'yyyy-MM-dd HH:mm O', '1450404900000'],
    ['2015-12-18 10:15 GMT', 'yyyy-MM-dd HH:mm O', '1450433700000'],
    ['2015-12-18 36930592', 'yyyy-MM-dd A', '1450433730592'],
    ['44 BC 3 15', 'y G M d', '-63517824000000'],
    ['+12015-01-01', 'yyyy-MM-dd', '316989590400000'],
    ['2020-07-03 09:05 CEST', 'yyyy-MM-dd HH:mm z', '1593759900000'],
    ['2020-01-03 09:05 PST', 'yyyy-MM-dd HH:mm z', '1578071100000'],
    ["x'y 2020-07-03", "'x''y' yyyy-MM-dd", '1593734400000'],
    ['2015-02-30', 'yyyy-MM-dd', '1425081600000'],
    ['2015-04-30 24:00', 'yyyy-MM-dd HH:mm', '1430438400000'],
    ['2015-03-29 02:30 Europe/Berlin', 'yyyy-MM-dd HH:mm VV', '1427592600000'],
    ['2015-10-25 02:30 Europe/Berlin', 'yyyy-MM-dd HH:mm VV', '1445733000000'],
  ])('%s by %s is %s', (text, pattern, expected) => {
    expect(parse(text, pattern)).toBe(expected)
  })

  test.each([
    ['2015-12-18', 'dd.MM.yyyy', 'another pattern'],
    ['2015-12-18 ', 'yyyy-MM-dd', 'something left'],
    ['2015-13-01', 'yyyy-MM-dd', 'no month'],
    ['2015-04-32', 'yyyy-MM-dd', 'no day'],
    ['2021-366', 'yyyy-DDD', 'no day of this year'],
    ['2015-04-30 24:01', 'yyyy-MM-dd HH:mm', 'after the end of the day'],
    ['2020-07-03 09:05:60', 'yyyy-MM-dd HH:mm:ss', 'no second'],
    ['12015-01-01', 'yyyy-MM-dd', 'five digits want a sign'],
    ['201512', 'yyyyM', 'the year takes all'],
    ['Mon, 3 Apr 2020', 'EEE, d MMM yyyy', 'it was a Friday'],
    ['2020-04-03 09:05 pm', 'yyyy-MM-dd hh:mm a', 'capitals'],
    ['2020-04-03 09:05', 'yyyy-MM-dd hh:mm', 'neither AM nor PM'],
    ['10:15', 'HH:mm', 'no date'],
    ['2015-03', 'yyyy-MM', 'no day'],
    ['2015', 'yyyyT', 'T is no field'],
    ['2015', "yyyy'", 'a quote that is not closed'],
    ['2015', 'yyyy[', 'a bracket that is not closed'],
    ['2015 x', 'yyyy {', 'reserved'],
  ])('%s by %s is Undefined: %s', (text, pattern) => {
    expect(parse(text, pattern)).toBe(U)
  })

  test('a field that java.time has and this has not ends the rule, and is refused where it is written in it', () => {
    expect(parse('2020-W10', "YYYY-'W'ww")).toBe('time_to_epoch: The field YYYY of java.time cannot be read here')
    const { errors } = diagnoseSql("SELECT time_to_epoch(t, 'YYYY') AS x FROM 'a'", '2016-03-23')
    expect(errors.map(({ message }) => message)).toEqual([
      expect.stringContaining('The field YYYY of java.time cannot be read here'),
    ])
  })
})

describe('what is warned of', () => {
  test.each([
    ["parse_time('yyyyT', t)", "T is no field of a time; text stands in quotes: 'T'"],
    ["parse_time('yyyy', t, 'Berlin')", 'Berlin is no time zone; they are named as Europe/Berlin or +01:00'],
    ["time_to_epoch(t, 'yyyyy-mmm')", 'm cannot stand 3 times in a row'],
  ])('%s: %s', (expression, message) => {
    const { warnings } = diagnoseSql(`SELECT ${expression} AS x FROM 'a'`, '2016-03-23')
    expect(warnings.map((each) => each.message)).toEqual([message])
  })
})

const ZONES = ['UTC', 'Europe/Berlin', 'America/New_York', 'Asia/Kolkata', 'Australia/Lord_Howe', '+05:45', '-03:00']

test('what is written with its offset is read back', () => {
  fc.assert(
    fc.property(fc.integer({ min: -1e12, max: 4e12 }), fc.constantFrom(...ZONES), (epochMs, zone) => {
      const text = format('yyyy-MM-dd HH:mm:ss.SSS ZZ', epochMs, zone)
      expect(parse(text.slice(1, -1), 'yyyy-MM-dd HH:mm:ss.SSS XXX')).toBe(String(epochMs))
    }),
    { numRuns: 300 },
  )
})
