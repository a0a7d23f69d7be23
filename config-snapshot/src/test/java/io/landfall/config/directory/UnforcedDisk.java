package io.landfall.config.directory;

import java.nio.channels.FileChannel;

/** Does not wait until the disk has everything: tests write hundreds of files, and the machine stays up. */
class UnforcedDisk extends Disk {

    @Override
    void force(FileChannel channel) {}
}
