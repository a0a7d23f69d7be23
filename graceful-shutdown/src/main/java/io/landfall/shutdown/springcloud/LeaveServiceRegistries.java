package io.landfall.shutdown.springcloud;

import io.landfall.shutdown.Deadline;
import io.landfall.shutdown.DrainPhase;
import io.landfall.shutdown.DrainStep;

/** Spring Cloud's part of a drain. */
record LeaveServiceRegistries(RegistryGate gate) implements DrainStep {

    @Override
    public String name() {
        return "leave service registries";
    }

    @Override
    public DrainPhase phase() {
        return DrainPhase.WITHDRAWN;
    }

    @Override
    public void run(Deadline deadline) throws InterruptedException {
        gate.leave(deadline);
    }
}
