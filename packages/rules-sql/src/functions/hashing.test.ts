import { describe } from 'vitest'
import { testByType, testExamples, U } from '../../test/by-type.ts'

describe('by type of argument', () => {
  testByType([
    [
      'md5(?)',
      '"c81e728d9d4c2f636f067f89cc14862c"',
      '"9de66d68e599af6c25f16d02ccd41830"',
      '"b326b5062b2f0e69046810717534cb09"',
      '"d310cb367d993fb6fb584b198a2fd72c"',
      '"4533df9640bf4c8c4638b9e16c2a8156"',
      '"58dfbc5fc8ad6f6323991df74e43bf45"',
      '"d0cda550285abc2dfb0062f1c9286df7"',
      U,
      U,
    ],
  ])
})

describe('MD2 has the values of RFC 1319, A.5', () => {
  testExamples([
    ["md2('')", '"8350e5a3e24c153df2275c9f80692773"'],
    ["md2('a')", '"32ec01ec4a6dac72c0ab96fb34c0b5d1"'],
    ["md2('abc')", '"da853b0d3f88d99b30283a69e6ded6bb"'],
    ["md2('message digest')", '"ab4f496bfb2a530b219ff33031fe06b0"'],
    ["md2('abcdefghijklmnopqrstuvwxyz')", '"4e8ddff3650292ab5a4108c3aa47940b"'],
    ["md2('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789')", '"da33def2a42df13975352846c30338cd"'],
    ["md2('hello')", '"a9046c73e00331af68917d3804f70655"', 'the guide'],
    ["md5('hello')", '"5d41402abc4b2a76b9719d911017c592"', 'the guide'],
  ])
})

describe('the others have the values of RFC 1321 and FIPS 180-4, and count UTF-8', () => {
  testExamples([
    ["md5('')", '"d41d8cd98f00b204e9800998ecf8427e"'],
    ["md5('abc')", '"900150983cd24fb0d6963f7d28e17f72"'],
    ["md5('€😀')", '"cc6b766e099becf050038ac010aa34cb"'],
    ["sha1('')", '"da39a3ee5e6b4b0d3255bfef95601890afd80709"'],
    ["sha1('abc')", '"a9993e364706816aba3e25717850c26c9cd0d89d"'],
    ["sha1('€😀')", '"136f4741a0b5d65a6ea8c19d7582efb7753902b2"'],
    ["sha224('')", '"d14a028c2a3a2bc9476102bb288234c415a2b01f828ea62ac5b3e42f"'],
    ["sha224('abc')", '"23097d223405d8228642a477bda255b32aadbce4bda0b3f7e36c9da7"'],
    ["sha224('€😀')", '"a5ae8d4c5b1c0fce80bfe0ac6c6d2037bce7227f1625af1816bb516e"'],
    ["sha256('')", '"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"'],
    ["sha256('abc')", '"ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"'],
    ["sha256('€😀')", '"aa6ac38b88868c15ec32bf6cca0dda3ffa2595bdf3e1ae98c328b799f889b9ac"'],
    [
      "sha384('')",
      '"38b060a751ac96384cd9327eb1b1e36a21fdb71114be07434c0cc7bf63f6e1da274edebfe76f65fbd51ad2f14898b95b"',
    ],
    [
      "sha384('abc')",
      '"cb00753f45a35e8bb5a03d699ac65007272c32ab0eded1631a8b605a43ff5bed8086072ba1e7cc2358baeca134c825a7"',
    ],
    [
      "sha384('€😀')",
      '"cfca998838164e6f02b14c1df496c05d1f9199e2c881a6dcbaea6268b02e3b3918cf96035e5580e0f89d211591bf17b7"',
    ],
    [
      "sha512('')",
      '"cf83e1357eefb8bdf1542850d66d8007d620e4050b5715dc83f4a921d36ce9ce47d0d13c5d85f2b0ff8318d2877eec2f63b931bd47417a81a538327af927da3e"',
    ],
    [
      "sha512('abc')",
      '"ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f"',
    ],
    [
      "sha512('€😀')",
      '"e63df99fed0df175b804bab8b97eab8f260e59eb6a823e59c3696b24fed10785f42bbfeb935ee42d7f045eaecffeb398c7f52b8f7000eb5f2c74e5f3559f7a1e"',
    ],
  ])
})
