package io.landfall.shutdown.spring;

import io.landfall.shutdown.Deadline;
import io.landfall.shutdown.DrainPhase;
import io.landfall.shutdown.DrainStep;
import java.util.List;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.scheduling.concurrent.ThreadPoolTaskExecutor;
import org.springframework.scheduling.concurrent.ThreadPoolTaskScheduler;
import org.springframework.scheduling.config.ScheduledTask;
import org.springframework.scheduling.config.ScheduledTaskHolder;

/** What {@code @Scheduled} methods and the application's task executors do in a drain: finish, and start nothing new. */
final class TaskDrain {

    private static final long LOOK_EVERY_MILLIS = 20;

    private TaskDrain() {}

    /** Schedules come to an end; a run that has begun is not interrupted. */
    static DrainStep stopSchedules(ObjectProvider<ScheduledTaskHolder> holders) {
        return DrainStep.of("stop schedules", DrainPhase.WITHDRAWN, () -> holders.stream()
                .flatMap(holder -> holder.getScheduledTasks().stream())
                .forEach(TaskDrain::cancel));
    }

    private static void cancel(ScheduledTask task) {
        task.cancel(false);
    }

    /** Calls still in flight may hand work to an executor, so executors are watched and not closed. */
    static DrainStep finishTasks(
            ObjectProvider<ThreadPoolTaskExecutor> executors, ObjectProvider<ThreadPoolTaskScheduler> schedulers) {
        return new DrainStep() {
            @Override
            public String name() {
                return "finish tasks";
            }

            @Override
            public DrainPhase phase() {
                return DrainPhase.QUIET;
            }

            @Override
            public void run(Deadline deadline) throws InterruptedException {
                List<ThreadPoolTaskExecutor> all = executors.stream().toList();
                List<ThreadPoolTaskScheduler> timed = schedulers.stream().toList();
                while (!deadline.passed()
                        && (all.stream().anyMatch(TaskDrain::busy)
                                || timed.stream().anyMatch(TaskDrain::running))) {
                    TimeUnit.MILLISECONDS.sleep(LOOK_EVERY_MILLIS);
                }
            }
        };
    }

    private static boolean busy(ThreadPoolTaskExecutor executor) {
        ThreadPoolExecutor pool = executor.getThreadPoolExecutor();
        return pool.getActiveCount() > 0 || !pool.getQueue().isEmpty();
    }

    private static boolean running(ThreadPoolTaskScheduler scheduler) {
        return scheduler.getActiveCount() > 0;
    }
}
