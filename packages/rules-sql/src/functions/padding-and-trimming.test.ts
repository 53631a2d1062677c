import { describe } from 'vitest'
import { testByType, testExamples, U } from '../../test/by-type.ts'

describe('by type of argument', () => {
  const array = '[\\"a\\",1]'
  const object = '{\\"k\\":\\"V\\"}'
  testByType([
    ['lpad(?, 2)', '"  2"', '"  -0.25"', '"  true"', '"  0.5"', '"   Ab"', `"  ${array}"`, `"  ${object}"`, U, U],
    ["lpad('x', ?)", '"  x"', '"x"', U, '"x"', U, U, U, U, U],
    ['rpad(?, 2)', '"2  "', '"-0.25  "', '"true  "', '"0.5  "', '" Ab  "', `"${array}  "`, `"${object}  "`, U, U],
    ["rpad('x', ?)", '"x  "', '"x"', U, '"x"', U, U, U, U, U],
    ['ltrim(?)', '"2"', '"-0.25"', '"true"', '"0.5"', '"Ab"', `"${array}"`, `"${object}"`, U, U],
    ['rtrim(?)', '"2"', '"-0.25"', '"true"', '"0.5"', '" Ab"', `"${array}"`, `"${object}"`, U, U],
    ['trim(?)', '"2"', '"-0.25"', '"true"', '"0.5"', '"Ab"', `"${array}"`, `"${object}"`, U, U],
  ])
})

describe('the examples of the guide', () => {
  testExamples([
    ['lpad("hello", 2)', '"  hello"'],
    ['lpad(1, 3)', '"   1"'],
    ['Ltrim(" h i ")', '"h i "', '"hi " there'],
    ['rpad("hello", 2)', '"hello  "'],
    ['rpad(1, 3)', '"1   "'],
    ['rtrim(" h i ")', '" h i"'],
    ['Trim(" hi ")', '"hi"'],
  ])
})

describe('at the edges', () => {
  testExamples([
    ["lpad('', -5)", '""'],
    ["length(lpad('', 5000))", '1000'],
    ["length(rpad('x', 1e999))", '1001'],
    ["lpad('x', 1.9)", '" x"'],
    ["lpad('x', '2')", '"  x"'],
    ["ltrim('\t x\t')", '"x\\t"'],
    ["rtrim('x \t ')", '"x"'],
    ["ltrim('\n x')", '"\\n x"', 'tabs and spaces'],
    ["trim('\n\t x \r')", '"x"'],
    ["trim('   ')", '""'],
  ])
})
