import { describe } from 'vitest'
import { testByType, testExamples, U } from '../../test/by-type.ts'

describe('by type of argument', () => {
  testByType([
    // -0.25 is rounded down to -1
    ['bitand(?, 3)', '2', '3', U, '0', U, U, U, U, U],
    ['bitand(6, ?)', '2', '6', U, '0', U, U, U, U, U],
    ['bitor(?, 4)', '6', '-1', U, '4', U, U, U, U, U],
    ['bitxor(?, 3)', '1', '-4', U, '3', U, U, U, U, U],
    ['bitnot(?)', '-3', '0', U, '-1', U, U, U, U, U],
  ])
})

describe('the examples of the guide', () => {
  testExamples([
    ['bitand(13, 5)', '5'],
    ['bitor(8, 5)', '13'],
    ['bitxor(13, 5)', '8', 'printed as bitor(13, 5) there'],
    ['bitnot(13)', '-14', '2 there, which is so for four bits'],
  ])
})

describe('more bits than a double has', () => {
  testExamples([
    ['bitand(18446744073709551615, 1311768467463790320)', '1311768467463790320'],
    ['bitor(9007199254740992, 1)', '9007199254740993'],
    ['bitxor(-1, 0)', '-1'],
    ['bitand(1e40, 1)', U, 'more than an Int'],
  ])
})
