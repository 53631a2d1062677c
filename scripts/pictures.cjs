'use strict'
require('./ensure-installed.cjs').run('scripts/pictures.ts', process.argv.slice(2))
