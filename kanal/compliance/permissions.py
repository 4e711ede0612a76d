from kanal.directory.permissions import ALL, Permission

READ_BOARD = Permission("compliance.read-board", ALL)
